import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTables, statements } from '../../examples/ses/scripts/create-tables.ts'
import { readFailedEvents } from '../../examples/ses/scripts/failed-events.ts'
import { putEvents } from '../../examples/ses/scripts/put-events.ts'
import { tables } from '../../examples/ses/tables.ts'
import { startCloud } from '../local/server/support.ts'
import { samples } from './events.ts'

const PLACE = { database: 'email_event', bucket: 'my-warehouse' }

/** As much of Athena as a statement needs: it runs for one look, then ends as said. */
async function startAthena(end: (statement: string) => object): Promise<{ endpoint: string; run: string[] }> {
  const run: string[] = []
  const looks = new Map<string, number>()
  const server = createServer(async (request, response) => {
    const input = (await json(request)) as { QueryString: string; QueryExecutionId: string }
    const isStart = String(request.headers['x-amz-target']).endsWith('StartQueryExecution')
    const id = isStart ? String(run.push(input.QueryString) - 1) : input.QueryExecutionId
    const look = looks.get(id) ?? 0
    if (!isStart) looks.set(id, look + 1)
    const Status = look === 0 ? { State: 'RUNNING' } : end(run[Number(id)] ?? '')
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    response.end(JSON.stringify(isStart ? { QueryExecutionId: id } : { QueryExecution: { Status } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, run }
}

describe('the script that creates the tables', () => {
  it('runs one statement a table, and waits for each', async () => {
    const { endpoint, run } = await startAthena(() => ({ State: 'SUCCEEDED' }))
    const created: string[] = []
    await createTables(tables, { ...PLACE, endpoint, workgroup: 'primary', pollMs: 1 }, (name) => created.push(name))
    expect(created).toEqual(tables.map(({ name }) => name))
    expect(run).toEqual(statements(tables, PLACE).map(([, statement]) => statement))
    expect(run[0]).toContain(`LOCATION 's3://my-warehouse/email_event/${created[0]}/'`)
  })

  it("stops at the first that Athena does not create, with Athena's reason", async () => {
    const { endpoint, run } = await startAthena(() => ({ State: 'FAILED', StateChangeReason: 'no such bucket' }))
    const creating = createTables(tables, { ...PLACE, endpoint, workgroup: 'primary', pollMs: 1 }, () => undefined)
    await expect(creating).rejects.toThrow(`table ${tables[0]?.name}: no such bucket`)
    expect(run).toHaveLength(1)
  })
})

describe('the script that puts events', () => {
  it('puts as many as wanted, a line each, in calls that Firehose takes', async () => {
    const { endpoint, taken } = await startCloud()
    const events = Array.from({ length: 1_201 }, (_, index) => samples[index % samples.length] ?? '')
    expect(await putEvents(events, { stream: 'events', endpoint })).toBe(1_201)
    const lines = taken.map(({ data }) => Buffer.from(data).toString())
    expect(lines.map((line) => JSON.parse(line))).toEqual(events.map((event) => JSON.parse(event)))
    expect(lines.every((line) => line.endsWith('}\n'))).toBe(true)
  })

  it('reports a missing stream', async () => {
    const { endpoint } = await startCloud()
    await expect(putEvents(samples, { stream: 'nowhere', endpoint })).rejects.toThrow()
  })
})

describe('the script that replays what failed', () => {
  it('puts the events of the router and of Lambda unchanged, and reports what it leaves', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'errors-'))
    const line = (errorCode: string): string => {
      const rawData = Buffer.from(samples[0] ?? '').toString('base64')
      return JSON.stringify({ rawData, errorCode, errorMessage: '', attemptsMade: 1 })
    }
    for (const [output, text] of [
      ['processing-failed', `${line('Lambda.ProcessingFailedStatus')}\n${line('Lambda.FunctionError')}\nnot JSON\n`],
      ['iceberg-failed', `${line('Iceberg.NoSuchTable')}\n`],
    ] as const) {
      mkdirSync(join(folder, output, '2026'), { recursive: true })
      writeFileSync(join(folder, output, '2026', 'object'), text)
    }
    const { events, left } = await readFailedEvents(folder)
    expect(left.join('\n')).toMatch(/Iceberg\.NoSuchTable, in iceberg-failed[\s\S]*processing-failed\/2026\/object:3/)
    const { endpoint, taken } = await startCloud()
    expect(await putEvents(events, { stream: 'events', endpoint })).toBe(2)
    expect(taken.map(({ data }) => Buffer.from(data).toString())).toEqual([samples[0], samples[0]])
  })
})
