import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StoredRow } from '../../src/local/warehouse/types.ts'
import { createWarehouse } from '../../src/local/warehouse/warehouse.ts'
import { type Column, nullable } from '../../src/table/column.ts'
import { createRowEncoder } from '../../src/table/encoder.ts'
import { bucket, day, hour, identity, month, type PartitionField, truncate, year } from '../../src/table/partition.ts'
import { defineTable, type Table } from '../../src/table/table.ts'
import { binary, fixed } from '../../src/table/types/binary.ts'
import { boolean } from '../../src/table/types/boolean.ts'
import { date } from '../../src/table/types/date.ts'
import { decimal } from '../../src/table/types/decimal.ts'
import { int } from '../../src/table/types/int.ts'
import { long } from '../../src/table/types/long.ts'
import { string } from '../../src/table/types/string.ts'
import { time } from '../../src/table/types/time.ts'
import { timestamp, timestamptz } from '../../src/table/types/timestamp.ts'
import { uuid } from '../../src/table/types/uuid.ts'
import { change, temporaryFolder } from '../local/warehouse/support/tables.ts'
import { anyKind, type Kind, leafKinds, type Sample } from '../table/support/kinds.ts'
import { ENGINES, type Engine, type ReadAnswer, readWithEngines } from './engines.ts'
import { printColumn, withoutNullLists } from './print.ts'

interface Made {
  readonly folder: string
  readonly table: Table
  readonly rows: readonly (readonly Sample[])[]
}

const SEED = 20_260_131

/** A table of random columns with random rows, through the encoder and the emulator's check. */
async function make(root: string, place: number, kind: fc.Arbitrary<Kind>): Promise<Made> {
  const kinds = fc.sample(kind, { numRuns: 6, seed: SEED + place })
  const samples = kinds.map(({ samples }, index) => fc.sample(samples, { numRuns: 12, seed: SEED + index }))
  const columns = Object.fromEntries(kinds.map(({ column }, index) => [`c${index}`, column]))
  const table = defineTable({ name: 't', columns: { id: int(), ...columns } })
  const opened = await createWarehouse({ folder: `${root}/${place}` }).openTable('db', table)
  const rows = Array.from({ length: 12 }, (_, row) => [
    { input: row, stored: row },
    ...samples.map((all) => all[row] as Sample),
  ])
  const names = Object.keys(table.columns)
  const encode = createRowEncoder(table)
  const stored = rows.map((row): StoredRow => {
    const text = encode(Object.fromEntries(row.map(({ input }, index) => [names[index], input])), 'insert')
    const checked = opened.check(String(text), 'insert')
    if (checked.row === undefined) throw new Error(checked.rejection.errorMessage)
    return checked.row
  })
  await opened.commit(stored.map((row) => change('insert', row)))
  return { folder: opened.state().folder, table, rows }
}

function compare({ table, rows }: Made, answer: ReadAnswer | undefined, engine: Engine): void {
  expect(answer?.error).toBeUndefined()
  const read = [...(answer?.rows ?? [])].sort((a, b) => Number(a['id']) - Number(b['id']))
  expect(read.length).toBe(rows.length)
  for (const [index, name] of Object.keys(table.columns).entries()) {
    const column = table.columns[name] as Column
    for (const [place, row] of rows.entries()) {
      const [got, wanted] = [read[place]?.[name], printColumn(column, row[index]?.stored)]
      const shown = (value: unknown): unknown => (engine === 'pyiceberg' ? withoutNullLists(column, value) : value)
      expect(shown(got), `${name} ${column.type.name} of row ${place}`).toEqual(shown(wanted))
    }
  }
}

test.each(ENGINES)('%s reads columns of every type, nested as deep as they may be', async (engine) => {
  const root = await temporaryFolder()
  const kinds = [...Object.values(leafKinds), ...Array.from({ length: 25 }, () => anyKind(3))]
  const made: Made[] = []
  for (const [place, kind] of kinds.entries()) made.push(await make(root, place, kind))
  const answers = await readWithEngines(made.map(({ folder }) => ({ engine, table: folder, nested: true })))
  for (const [place, table] of made.entries()) compare(table, answers[place], engine)
})

const SOURCES: readonly (readonly [Column, readonly string[], readonly PartitionField<'c'>[]])[] = [
  [boolean(), ['true', 'false'], [identity('c')]],
  [int(), ['0', '-1', '2147483647'], [identity('c'), bucket(4, 'c'), truncate(10, 'c')]],
  [long(), ['0', '-1', '"9223372036854775807"'], [identity('c'), bucket(4, 'c'), truncate(10, 'c')]],
  [decimal(9, 2), ['"0"', '"-0.01"', '"1234567.89"'], [identity('c'), bucket(4, 'c'), truncate(10, 'c')]],
  [decimal(38, 10), ['"0"', '"-0.01"', '"1234567890123456789.5"'], [identity('c'), bucket(4, 'c'), truncate(10, 'c')]],
  [
    date(),
    ['"1970-01-01"', '"1969-12-31"', '"2024-02-29"'],
    [identity('c'), bucket(4, 'c'), year('c'), month('c'), day('c')],
  ],
  [time(), ['"00:00:00"', '"23:59:59.999999"'], [identity('c'), bucket(4, 'c')]],
  [
    timestamp(),
    ['0', '-1', '"2024-09-04T18:56:15.099001"'],
    [identity('c'), bucket(4, 'c'), year('c'), month('c'), day('c'), hour('c')],
  ],
  [
    timestamptz(),
    ['0', '-1', '"2024-09-04T18:56:15.099001Z"'],
    [identity('c'), bucket(4, 'c'), year('c'), month('c'), day('c'), hour('c')],
  ],
  [string(), ['""', '"iceberg"', '"../é😀"'], [identity('c'), bucket(4, 'c'), truncate(3, 'c')]],
  [uuid(), ['"f79c3e09-677c-4bbd-a479-3f349cb785e7"'], [identity('c'), bucket(4, 'c')]],
  [binary(), ['""', '"AAECAw=="'], [identity('c'), bucket(4, 'c'), truncate(3, 'c')]],
  [fixed(5), ['"AAECAwQ="'], [identity('c'), bucket(4, 'c')]],
]

// PyIceberg reads no equality deletes, and DuckDB reads none if a partition is null ("Comparison on NULL values").
test.each([
  ['duckdb', 'with deletes', []],
  ['duckdb', 'with nulls', ['null']],
  ['pyiceberg', 'with nulls', ['null']],
] as const)('%s reads tables partitioned by every transform of every type, %s', async (engine, what, nulls) => {
  const deletes = what === 'with deletes'
  const root = await temporaryFolder()
  const made = []
  for (const [place, [column, texts, fields]] of SOURCES.entries()) {
    for (const field of fields) {
      const table = defineTable({
        name: 't',
        columns: { id: int(), c: nullable(column) },
        uniqueKeys: ['id'],
        partitionBy: [field],
      })
      const opened = await createWarehouse({ folder: `${root}/${place}-${field.transform}` }).openTable('db', table)
      const rows = texts.concat(nulls).map((text, id) => opened.check(`{"id":${id},"c":${text}}`, 'insert').row ?? {})
      await opened.commit(rows.map((row) => change('insert', row)))
      if (deletes) await opened.commit([change('delete', rows[0] ?? {})])
      made.push({
        name: `${field.transform} of ${column.type.name}`,
        folder: opened.state().folder,
        rows: deletes ? rows.slice(1) : rows,
        column,
      })
    }
  }
  const answers = await readWithEngines(made.map(({ folder }) => ({ engine, table: folder, nested: true })))
  for (const [place, { name, rows, column }] of made.entries()) {
    expect(answers[place]?.error, name).toBeUndefined()
    const read = [...(answers[place]?.rows ?? [])].sort((a, b) => Number(a['id']) - Number(b['id']))
    expect(
      read.map((row) => row['c']),
      name,
    ).toEqual(rows.map((row) => printColumn(column, row['c'])))
  }
})
