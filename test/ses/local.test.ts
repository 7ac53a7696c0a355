import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FirehoseHandler } from 'firehose-iceberg-router'
import { createLocalFirehose, createWarehouse } from 'firehose-iceberg-router/local'
import type { SesEvent } from 'firehose-iceberg-router/ses'
import { sesEventSchema } from 'firehose-iceberg-router/ses/schemas'
import { afterAll, expect, it } from 'vitest'
import { bundleHandler } from '../../examples/ses/bundle.ts'
import { readStored } from '../support/icebird.ts'
import { expectedAnswer } from './expected.ts'
import { tablesByType } from './tables-by-type.ts'

const folder = mkdtempSync(join(tmpdir(), 'ses-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const samples = join(import.meta.dirname, '../../examples/ses/events')
const events: SesEvent[] = readdirSync(samples).map((name) => {
  return sesEventSchema.parse(JSON.parse(readFileSync(join(samples, name), 'utf8')))
})

it('the example has a sample of every event type', () => {
  expect(events.map(({ eventType }) => eventType).sort()).toEqual(Object.keys(tablesByType).sort())
})

it('samples of every type arrive in their Iceberg tables, through the bundled handler and the local Firehose', async () => {
  await bundleHandler(join(folder, 'lambda'), join(import.meta.dirname, 'all-types.ts'))
  const bundle: { handler: FirehoseHandler } = await import(pathToFileURL(join(folder, 'lambda/handler.mjs')).href)
  const { handler } = bundle
  const firehose = await createLocalFirehose({
    handler,
    warehouse: createWarehouse({ folder }),
    tables: handler.tables.map((table) => ({ database: 'email_event', table })),
    errors: join(folder, 'errors'),
  })
  for (const event of events) await firehose.put(`${JSON.stringify(event)}\n`)
  expect(await firehose.close()).toMatchObject({ failed: [] })

  for (const event of events) {
    const { table, row } = expectedAnswer(event)
    const [stored, ...others] = await readStored(join(folder, 'email_event', table))
    expect(others).toEqual([])
    expect(toJson(stored)).toEqual(row)
  }
})

/** A stored row as JSON: whole numbers as numbers, missing values as null. */
function toJson(row: object | undefined): unknown {
  return JSON.parse(JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? Number(value) : (value ?? null))))
}
