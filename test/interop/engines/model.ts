import { partitionOf, toPartitionColumns } from '../../../src/local/warehouse/partitions.ts'
import type { StoredRow, WarehouseTable } from '../../../src/local/warehouse/types.ts'
import type { Column } from '../../../src/table/column.ts'
import { checked } from '../../local/warehouse/support/tables.ts'
import { printColumn } from '../print.ts'
import type { EngineCase } from './cases.ts'

/** A row as an engine and the model print it. */
export type PrintedRow = Readonly<Record<string, unknown>>

/** Commits a case, and returns the rows that a reader has to see, as a plain model in memory has them. */
export async function commitCase(
  table: WarehouseTable,
  { commits, table: declaration, filter }: EngineCase,
): Promise<readonly PrintedRow[]> {
  const partitions = toPartitionColumns(declaration)
  let rows: { readonly place: string; readonly row: StoredRow }[] = []
  for (const commit of commits) {
    const changes = commit.map(([operation, row]) => checked(table, row, operation))
    await table.commit(changes)
    for (const { operation, row } of changes) {
      const keys = declaration.uniqueKeys.map((name) => printed(declaration.columns[name], row[name]))
      const place = JSON.stringify([partitionOf(partitions, row).key, keys])
      if (operation !== 'insert') rows = rows.filter((other) => other.place !== place)
      if (operation !== 'delete') rows.push({ place, row })
    }
  }
  const seen = rows.filter(({ row }) => filter === undefined || filter.ids.includes(Number(row['id'])))
  return seen.map(({ row }) => print(declaration.columns, row))
}

function print(columns: Readonly<Record<string, Column>>, row: StoredRow): PrintedRow {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, printed(column, row[name])]))
}

function printed(column: Column | undefined, value: unknown): unknown {
  return column === undefined ? undefined : printColumn(column, value)
}

/** The same text for the same rows, in any order, however an engine shows strings, UUIDs and truth values. */
export function canonicalRows(columns: Readonly<Record<string, Column>>, rows: readonly PrintedRow[]): string {
  const lines = rows.map((row) =>
    JSON.stringify(Object.entries(columns).map(([name, column]) => canonical(column, row[name] ?? null))),
  )
  return lines.sort().join('\n')
}

function canonical({ type }: Column, value: unknown): unknown {
  if (value === null) return null
  switch (type.name) {
    case 'uuid':
      return String(value).replaceAll('-', '')
    // ClickHouse gives bytes, because it has no other strings.
    case 'string':
      return `${value}`
    case 'boolean':
      return value === true || value === '1'
    case 'struct':
      return Object.entries(type.fields).map(([name, field]) => [
        name,
        canonical(field, (value as PrintedRow)[name] ?? null),
      ])
    case 'list':
      return (value as unknown[]).map((item) => canonical(type.element, item))
    case 'map':
      return (value as [unknown, unknown][]).map(([key, item]) => [key, canonical(type.value, item)]).sort()
    default:
      return value
  }
}

/** Rows whose strings are bytes in hexadecimal digits, as strings. */
export function withText(
  columns: Readonly<Record<string, Column>>,
  rows: readonly PrintedRow[],
): readonly PrintedRow[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        columns[name] === undefined ? value : textOf(columns[name], value),
      ]),
    ),
  )
}

function textOf({ type }: Column, value: unknown): unknown {
  if (value === null || value === undefined) return value
  if (type.name === 'string') return Buffer.from(String(value), 'hex').toString('utf8')
  if (type.name === 'map') {
    return (value as [unknown, unknown][]).map(([key, item]) => [textOf(type.key, key), textOf(type.value, item)])
  }
  if (type.name !== 'struct') return value
  const entries = Object.entries(type.fields).map(([name, field]) => [name, textOf(field, (value as PrintedRow)[name])])
  return Object.fromEntries(entries)
}
