import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Operation } from '../../src/firehose/response.ts'
import type { StoredRow, WarehouseTable } from '../../src/local/warehouse/types.ts'
import { createWarehouse } from '../../src/local/warehouse/warehouse.ts'
import { nullable } from '../../src/table/column.ts'
import { createRowEncoder } from '../../src/table/encoder.ts'
import { defineTable, type Table } from '../../src/table/table.ts'
import { boolean } from '../../src/table/types/boolean.ts'
import { date } from '../../src/table/types/date.ts'
import { int } from '../../src/table/types/int.ts'
import { long } from '../../src/table/types/long.ts'
import { string } from '../../src/table/types/string.ts'
import { timestamp, timestamptz } from '../../src/table/types/timestamp.ts'
import { rowOfEveryType } from '../local/warehouse/support/arbitraries.ts'
import { change, checked, everyType, temporaryFolder } from '../local/warehouse/support/tables.ts'
import { ENGINES, readWith, readWithEngines } from './engines.ts'

/** The corners of every type, as JSON. */
const NULLS = {
  maybe_flag: null,
  maybe_small: null,
  maybe_big: null,
  maybe_ratio: null,
  maybe_day: null,
  maybe_seen: null,
  maybe_sent: null,
  maybe_label: null,
  maybe_body: null,
}
const LOWEST = {
  id: '-9223372036854775808',
  flag: false,
  small: -2147483648,
  ratio: -Number.MAX_VALUE,
  day: '0001-01-01',
  seen: '1600-01-01T00:00:00.000001',
  sent: -1,
  label: '',
  body: [],
}
const HIGHEST = {
  id: '9223372036854775807',
  flag: true,
  small: 2147483647,
  ratio: Number.MIN_VALUE,
  day: '9999-12-31',
  seen: '9999-12-31T23:59:59.999999Z',
  sent: '9999-12-31T23:59:59.999999Z',
  label: '\u{10ffff} 名前 é 😀 "quoted"\n\t\0 end',
  body: { deep: [1, { ключ: null }] },
}
const corners = [
  { ...LOWEST, ...NULLS },
  { ...HIGHEST, ...NULLS },
  {
    ...LOWEST,
    ...Object.fromEntries(
      Object.entries(HIGHEST).map(([name, value]) => [`maybe_${name === 'id' ? 'big' : name}`, value]),
    ),
  },
]

function asPrinted(row: StoredRow): Record<string, unknown> {
  const isWhole = (name: string, value: unknown): boolean => typeof value === 'number' && !name.endsWith('ratio')
  const print = ([name, value]: [string, unknown]): [string, unknown] => {
    return [name, typeof value === 'bigint' || isWhole(name, value) ? String(value) : value]
  }
  return Object.fromEntries(Object.entries(row).map(print))
}

const byLine = (rows: readonly object[] = []): string[] => {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort()
}

async function openIn(folder: string, table: Table): Promise<WarehouseTable> {
  return createWarehouse({ folder }).openTable('db', table)
}

function stored(table: WarehouseTable, row: object, operation: Operation = 'insert'): StoredRow {
  return checked(table, row, operation).row
}

/** Rows from the generator of the unit tests, through the router's own encoder. */
function sampleRows(table: WarehouseTable, count: number): StoredRow[] {
  const encode = createRowEncoder(everyType)
  return fc.sample(rowOfEveryType, { numRuns: count, seed: 20_240_904 }).map((row) => {
    return stored(table, JSON.parse(String(encode(row, 'insert'))))
  })
}

describe.each(ENGINES)('%s', (engine) => {
  test('sees the declared types', async () => {
    const table = await openIn(await temporaryFolder(), everyType)
    await table.commit(corners.map((row) => checked(table, row)))
    const { types } = await readWith(engine, table.state().folder)
    const { sent, maybe_sent } = types ?? {}
    expect(sent).toMatch(/^timestamp\[us, tz=/)
    expect({ ...types, sent: 'zoned', maybe_sent: maybe_sent === sent }).toMatchObject({
      id: 'int64',
      flag: 'bool',
      small: 'int32',
      ratio: 'double',
      day: 'date32[day]',
      seen: 'timestamp[us]',
      maybe_sent: true,
      label: expect.stringMatching(/^(large_)?string$/),
    })
  })

  test('reads the corners of every type', async () => {
    const table = await openIn(await temporaryFolder(), everyType)
    const rows = corners.map((row) => stored(table, row))
    for (const row of rows) await table.commit([change('insert', row)])
    const { rows: read, error } = await readWith(engine, table.state().folder)
    expect(error).toBeUndefined()
    expect(byLine(read)).toEqual(byLine(rows.map(asPrinted)))
  })

  test('reads 3,000 rows of several commits and row groups', async () => {
    const table = await openIn(await temporaryFolder(), everyType)
    const rows = sampleRows(table, 3_000)
    for (const part of [rows.slice(0, 1), rows.slice(1, 400), rows.slice(400)]) {
      await table.commit(part.map((row) => change('insert', row)))
    }
    const { rows: read, error } = await readWith(engine, table.state().folder)
    expect(error).toBeUndefined()
    expect(byLine(read)).toEqual(byLine(rows.map(asPrinted)))
  })

  test('reads a table without rows', async () => {
    const table = await openIn(await temporaryFolder(), everyType)
    expect(await readWith(engine, table.state().folder)).toMatchObject({ rows: [] })
  })

  test('reads a folder whose name has spaces and other alphabets', async () => {
    const folder = join(await temporaryFolder(), "my lake + it's & 倉庫 é")
    const table = await openIn(folder, everyType)
    const row = stored(table, corners[1] ?? {})
    await table.commit([change('insert', row)])
    const { rows, error } = await readWith(engine, table.state().folder)
    expect(error).toBeUndefined()
    expect(byLine(rows)).toEqual(byLine([asPrinted(row)]))
  })

  test('finds every value through the bounds in the manifests', async () => {
    const table = await openIn(await temporaryFolder(), everyType)
    const rows = [...corners.map((row) => stored(table, row)), ...sampleRows(table, 12)]
    for (const row of rows) await table.commit([change('insert', row)])
    const names = Object.keys(everyType.columns).filter((name) => !name.endsWith('sent') && !name.includes('maybe'))
    const asked = rows.flatMap((row) => names.map((column) => ({ column, value: row[column] })))
    const requests = asked.map(({ column, value }) => {
      return { engine, table: table.state().folder, column, value: typeof value === 'bigint' ? `${value}n` : value }
    })
    const answers = await readWithEngines(requests)
    for (const [index, { column, value }] of asked.entries()) {
      const { rows: found, error } = answers[index] ?? {}
      expect(error, column).toBeUndefined()
      expect(found?.length, `${column} ${index}`).toBe(rows.filter((row) => row[column] === value).length)
    }
  })
})

const keyed = defineTable({
  name: 'keyed',
  columns: {
    a: string(),
    b: long(),
    c: int(),
    d: boolean(),
    e: date(),
    f: timestamp(),
    g: timestamptz(),
    value: nullable(int()),
  },
  uniqueKeys: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
})

/** Upserts and deletes by a key of every type that has one, over several commits. */
async function createChangedTable(): Promise<{ readonly folder: string; readonly rows: StoredRow[] }> {
  const table = await openIn(await temporaryFolder(), keyed)
  const key = {
    a: 'é😀',
    b: '9223372036854775807',
    c: -1,
    d: true,
    e: '1969-12-31',
    f: -1,
    g: '1960-01-01T00:00:00.000001Z',
  }
  const row = (changes: object): StoredRow => stored(table, { ...key, ...changes })
  const kept = [row({ b: '1', value: 1 }), row({ d: false, value: 2 }), row({ f: -2, value: 3 })]
  await table.commit(
    [...kept, row({ value: 4 }), row({ value: 5 }), row({ a: 'gone', value: 6 })].map((r) => change('insert', r)),
  )
  await table.commit([change('update', row({ value: 7 })), change('delete', row({ a: 'gone' }))])
  await table.commit([change('update', row({ value: 8 })), change('update', row({ a: 'new', value: 9 }))])
  await table.commit([change('delete', row({ a: 'never there' }))])
  return { folder: table.state().folder, rows: [...kept, row({ value: 8 }), row({ a: 'new', value: 9 })] }
}

describe('updates and deletes', () => {
  test('are applied by DuckDB', async () => {
    const { folder, rows } = await createChangedTable()
    const { rows: read, error } = await readWith('duckdb', folder)
    expect(error).toBeUndefined()
    expect(byLine(read)).toEqual(byLine(rows.map(asPrinted)))
  })

  test('are refused by PyIceberg, which has no equality deletes yet: it must not read wrong rows', async () => {
    const { folder } = await createChangedTable()
    const { error } = await readWith('pyiceberg', folder)
    expect(error).toMatch(/equality deletes/)
  })
})

test('a table of 200 commits is read whole', async () => {
  const log = defineTable({ name: 'log', columns: { line: int() } })
  const table = await openIn(await temporaryFolder(), log)
  for (let line = 0; line < 200; line++) await table.commit([change('insert', { line })])
  const answers = await readWithEngines(ENGINES.map((engine) => ({ engine, table: table.state().folder })))
  for (const { rows } of answers) expect(rows).toHaveLength(200)
})
