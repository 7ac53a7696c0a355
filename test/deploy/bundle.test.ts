import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { bundleHandler, measureBundle } from '../../examples/ses/bundle.ts'
import { handler } from '../../examples/ses/handler.ts'
import { sesEvent } from './events.ts'

const folder = mkdtempSync(join(tmpdir(), 'bundle-'))

beforeAll(() => bundleHandler(folder))

describe('the bundle of the example', () => {
  it('is one file and its map, and small', () => {
    expect(readdirSync(folder).sort()).toEqual(['handler.mjs', 'handler.mjs.map'])
    const { codeBytes, mapBytes, importMs } = measureBundle(folder, 3)
    expect(codeBytes).toBeLessThan(150 * 1024)
    expect(mapBytes).toBeGreaterThan(0)
    expect(importMs).toBeGreaterThan(0)
  })

  it('imports nothing but what is in Node', async () => {
    const imports = await bundleHandler(mkdtempSync(join(tmpdir(), 'bundle-')))
    expect(imports.filter((name) => !name.startsWith('node:'))).toEqual([])
  })

  it('answers as its source does', async () => {
    const bundle: { handler: typeof handler } = await import(pathToFileURL(join(folder, 'handler.mjs')).href)
    const event = sesEvent(100)
    vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
    const answer = await handler(event)
    expect(await bundle.handler(event)).toEqual(answer)
    expect(answer.records.map(({ recordId }) => recordId)).toEqual(event.records.map(({ recordId }) => recordId))
  })
})
