import { isDatabaseName } from '../firehose/names.ts'
import type { Table } from '../table/table.ts'
import { UsageError } from './command.ts'
import { invalidModule, isRouterHandler, isTable, loadModule } from './load-module.ts'

/** The tables of a module, all of one database. */
export interface LoadedTables {
  /** Undefined where neither a router nor the command line names it. */
  readonly database: string | undefined
  readonly tables: readonly Table[]
}

/** Which tables of a module are wanted, and whose they are. */
export interface TableFilter {
  /** Instead of the router's own. */
  readonly database?: string | undefined
  /** Only the table of this name. */
  readonly table?: string | undefined
}

/** What a walk over exports has found. */
interface Found {
  readonly tables: Set<Table>
  readonly databases: Set<string>
}

/** Exports may hold tables in lists and objects, but not endlessly. */
const MAX_DEPTH = 3

/**
 * Loads the tables that a module exports: by themselves, in lists and objects, or as those of a router's handler.
 *
 * @throws IcebergRouterError `InvalidHandler` where the module does not load or has no such tables
 */
export async function loadTables(path: string, filter: TableFilter): Promise<LoadedTables> {
  if (filter.database !== undefined && !isDatabaseName(filter.database)) {
    throw new UsageError('--database: expected lower-case letters, digits and underscores')
  }
  const module = await loadModule(path)
  const found: Found = { tables: new Set(), databases: new Set() }
  for (const value of Object.values(module)) collect(value, found, MAX_DEPTH)
  const tables = [...found.tables]
  if (tables.length === 0) throw invalidModule(noTables(path, Object.keys(module)))
  checkNames(path, tables)
  return { database: filter.database ?? onlyDatabase(path, found.databases), tables: pick(path, tables, filter.table) }
}

function collect(value: unknown, found: Found, depth: number): void {
  if (isTable(value)) {
    found.tables.add(value)
    return
  }
  if (typeof value === 'function' && isRouterHandler(value)) {
    for (const table of value.tables) found.tables.add(table)
    found.databases.add(value.database)
    return
  }
  if (depth === 0 || typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) collect(inner, found, depth - 1)
}

function pick(path: string, tables: readonly Table[], name: string | undefined): readonly Table[] {
  if (name === undefined) return tables
  const picked = tables.filter((table) => table.name === name)
  if (picked.length > 0) return picked
  throw invalidModule(`${path} exports no table ${name}; it has ${tables.map((table) => table.name).join(', ')}`)
}

function onlyDatabase(path: string, databases: ReadonlySet<string>): string | undefined {
  if (databases.size < 2) return [...databases][0]
  throw invalidModule(
    `${path} exports routers of several databases (${[...databases].join(', ')}); give each a module of its own`,
  )
}

function checkNames(path: string, tables: readonly Table[]): void {
  const names = tables.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalidModule(`${path} exports two different tables named ${twice}`)
}

function noTables(path: string, names: readonly string[]): string {
  const expected =
    'expected what defineTable() returns, by itself or in a list or object, or a handler of router.handler()'
  return `${path} exports no tables: ${expected}; it exports ${names.join(', ') || 'nothing'}`
}
