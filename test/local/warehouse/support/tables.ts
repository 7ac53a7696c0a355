import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Operation } from '../../../../src/firehose/response.ts'
import type { RowChange, StoredRow, WarehouseTable } from '../../../../src/local/warehouse/types.ts'
import { nullable } from '../../../../src/table/column.ts'
import { defineTable, type Table } from '../../../../src/table/table.ts'
import { boolean } from '../../../../src/table/types/boolean.ts'
import { date } from '../../../../src/table/types/date.ts'
import { double } from '../../../../src/table/types/double.ts'
import { int } from '../../../../src/table/types/int.ts'
import { json } from '../../../../src/table/types/json.ts'
import { long } from '../../../../src/table/types/long.ts'
import { string } from '../../../../src/table/types/string.ts'
import { timestamp, timestamptz } from '../../../../src/table/types/timestamp.ts'

/** Every column type, each required and nullable. */
export const everyType: Table = defineTable({
  name: 'every_type',
  columns: {
    id: long(),
    flag: boolean(),
    small: int(),
    ratio: double(),
    day: date(),
    seen: timestamp(),
    sent: timestamptz(),
    label: string(),
    body: json(),
    maybe_flag: nullable(boolean()),
    maybe_small: nullable(int()),
    maybe_big: nullable(long()),
    maybe_ratio: nullable(double()),
    maybe_day: nullable(date()),
    maybe_seen: nullable(timestamp()),
    maybe_sent: nullable(timestamptz()),
    maybe_label: nullable(string()),
    maybe_body: nullable(json()),
  },
  uniqueKeys: ['id'],
})

/** A small table with a key. */
export const people: Table = defineTable({
  name: 'people',
  columns: { id: string(), age: nullable(int()) },
  uniqueKeys: ['id'],
})

/** A small table without one. */
export const log: Table = defineTable({ name: 'log', columns: { line: string() } })

/** A folder of its own, removed when the test has finished. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'warehouse-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A change of a row that has been checked already. */
export function change(operation: Operation, row: StoredRow): RowChange {
  return { operation, row }
}

/** Checks a row the way the emulator does and returns it as a change; a rejection fails the test. */
export function checked(table: WarehouseTable, row: object, operation: Operation = 'insert'): RowChange {
  const { row: stored, rejection } = table.check(JSON.stringify(row), operation)
  if (stored === undefined) throw new Error(`${rejection.errorCode}: ${rejection.errorMessage}`)
  return { operation, row: stored }
}
