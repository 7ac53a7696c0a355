import { Buffer } from 'node:buffer'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../../../src/firehose/event.ts'
import { payloadOf } from '../../../src/firehose/stream-source.ts'
import { defineTable, type Table, t } from '../../../src/index.ts'
import {
  createLocalFirehose,
  type ErrorEntry,
  type LocalFirehose,
  type LocalFirehoseOptions,
  readErrors,
  type TransformationHandler,
} from '../../../src/local/index.ts'
import { createMemoryWarehouse, type MemoryWarehouse } from '../../support/memory-warehouse.ts'

export const opens: Table = defineTable({ name: 'opens', columns: { id: t.int(), note: t.nullable(t.string()) } })
export const users: Table = defineTable({ name: 'users', columns: { id: t.int() }, uniqueKeys: ['id'] })

/** A stream with two tables, a separate folder and a clock that always shows 2026-01-31 09:05:07 UTC. */
export interface Bench {
  readonly firehose: LocalFirehose
  readonly warehouse: MemoryWarehouse
  readonly errors: string
  rows(table: Table): unknown[]
  errorEntries(): Promise<ErrorEntry[]>
}

export const NOW: number = Date.UTC(2026, 0, 31, 9, 5, 7)

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'local-firehose-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function createBench(
  handler: TransformationHandler,
  options: Partial<LocalFirehoseOptions> = {},
): Promise<Bench> {
  const errors = join(await temporaryFolder(), 'errors')
  const warehouse = createMemoryWarehouse()
  const tables = [opens, users].map((table) => ({ database: 'app', table }))
  const firehose = await createLocalFirehose({ handler, warehouse, tables, errors, clock: () => NOW, ...options })
  return {
    firehose,
    warehouse,
    errors,
    rows: ({ name }) => warehouse.commits('app', name).flatMap((changes) => changes.map(({ row }) => row)),
    errorEntries: () => collect(readErrors(errors)),
  }
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** Answers a record with its own payload under its own key, for a table. */
export function okFor(record: FirehoseRecord, otfMetadata: object = { ...toOpens }): object {
  const { recordId } = record
  const payload = payloadOf(record)
  const answer = { recordId, result: 'Ok', metadata: { otfMetadata } }
  return record.data === undefined ? { ...answer, kafkaRecordValue: payload } : { ...answer, data: payload }
}

export const toOpens = { destinationDatabaseName: 'app', destinationTableName: 'opens' } as const

/** A handler that answers record by record. */
export function answering(answer: (record: FirehoseRecord, index: number) => unknown): TransformationHandler {
  return ({ records }: FirehoseTransformationEvent) => ({ records: records.map(answer) })
}
