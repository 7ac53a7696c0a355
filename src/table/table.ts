import { IcebergRouterError } from '../error.ts'
import { isTableName } from '../firehose/names.ts'
import type { Column, Columns } from './column.ts'

/** What `defineTable` takes. */
export interface TableOptions<C extends Columns, Key extends keyof C & string> {
  /** Lower-case letters, digits and underscores, 1 to 255 of them: what Iceberg's GlueCatalog accepts. */
  readonly name: string
  /** The columns in their order; names as for the table. */
  readonly columns: C
  /** The columns that identify a row: needed for `update` and `delete`. They may not be nullable. */
  readonly uniqueKeys?: readonly Key[]
}

/** One table: the single place where its columns are written. `Key` is `never` for a table without unique keys. */
export interface Table<C extends Columns = Columns, Key extends string = string> {
  readonly kind: 'table'
  readonly name: string
  readonly columns: C
  readonly uniqueKeys: readonly Key[]
}

/** The value that a transform may return for a column. */
export type ValueOf<C> = C extends Column<infer Value> ? Value : never

/** The row of a table: every column, `null` where a nullable one has no value. */
export type RowOf<T extends Table> = { readonly [Name in keyof T['columns']]: ValueOf<T['columns'][Name]> }

/** The columns that identify a row of a table. */
export type KeyOf<T extends Table> = T['uniqueKeys'][number]

const TABLE_OPTIONS = ['name', 'columns', 'uniqueKeys']

/**
 * Declares a table. Everything else is derived from it: the type of its rows, the check of every row, its DDL.
 *
 * @throws IcebergRouterError `InvalidTable`, with every problem of the declaration in it
 */
export function defineTable<const C extends Columns, const Key extends keyof C & string = never>(
  options: TableOptions<C, Key>,
): Table<C, Key> {
  const problems = findProblems(options)
  if (problems.length > 0) {
    throw new IcebergRouterError('InvalidTable', `table ${JSON.stringify(options?.name)} cannot be used:`, { problems })
  }
  const { name, columns, uniqueKeys = [] } = options
  return { kind: 'table', name, columns, uniqueKeys }
}

function findProblems(options: TableOptions<Columns, string>): string[] {
  if (typeof options !== 'object' || options === null) return ['expected an object with name and columns']
  const unknown = Object.keys(options).filter((key) => !TABLE_OPTIONS.includes(key))
  const problems = unknown.map((key) => `unknown option "${key}"; there are ${TABLE_OPTIONS.join(', ')}`)
  if (!isTableName(options.name)) problems.push(`name: ${badName(options.name)}`)
  if (typeof options.columns !== 'object' || options.columns === null)
    return [...problems, 'columns: expected an object']
  return [...problems, ...columnProblems(options.columns), ...keyProblems(options.columns, options.uniqueKeys)]
}

function columnProblems(columns: Columns): string[] {
  const names = Object.keys(columns)
  if (names.length === 0) return ['columns: expected at least one']
  return names.flatMap((name) => {
    // As a key of a plain object this name is no key at all, so a row could not carry it.
    if (!isTableName(name) || name === '__proto__') return [`columns.${name}: ${badName(name)}`]
    return columns[name]?.kind === 'column'
      ? []
      : [`columns.${name}: expected a column like string(), got something else`]
  })
}

function keyProblems(columns: Columns, keys: readonly string[] = []): string[] {
  if (!Array.isArray(keys)) return ['uniqueKeys: expected a list of column names']
  return keys.flatMap((key, index) => {
    const column = Object.hasOwn(columns, key) ? columns[key] : undefined
    if (column?.kind !== 'column') return [`uniqueKeys: there is no column "${key}"`]
    if (keys.indexOf(key) !== index) return [`uniqueKeys: "${key}" stands there twice`]
    if (column.nullable) return [`uniqueKeys: "${key}" is nullable, and a key has to have a value`]
    return column.type.key ? [] : [`uniqueKeys: "${key}" is ${column.type.name}, which cannot be compared as a key`]
  })
}

function badName(name: unknown): string {
  const rule = 'expected 1 to 255 lower-case letters, digits or underscores (Iceberg in Glue takes nothing else)'
  return `${rule}, got ${typeof name === 'string' ? JSON.stringify(name) : typeof name}`
}
