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
interface Findings {
  readonly tables: Set<Table>
  readonly databases: Set<string>
  /** What was passed over though there might be tables in it, and why; by the object, which may be exported twice. */
  readonly skipped: Map<unknown, string>
}

/** Exports may hold tables in lists and objects, but not endlessly. */
const MAX_DEPTH = 3

/**
 * Loads the tables that a module exports: by themselves, in lists and objects, or as those of a router's handler.
 *
 * @param note is told of every export that was passed over, in a line
 * @throws IcebergRouterError `InvalidHandler` where the module does not load or has no such tables
 */
export async function loadTables(
  path: string,
  filter: TableFilter,
  note: (line: string) => void,
): Promise<LoadedTables> {
  if (filter.database !== undefined && !isDatabaseName(filter.database)) {
    throw new UsageError('--database: expected lower-case letters, digits and underscores')
  }
  const module = await loadModule(path)
  const found: Findings = { tables: new Set(), databases: new Set(), skipped: new Map() }
  collectMembers(module, found, { path: '', depth: MAX_DEPTH })
  for (const reason of found.skipped.values()) note(`note: ${path}: ${reason}\n`)
  const tables = [...found.tables]
  if (tables.length === 0) throw invalidModule(noTables(path, Object.keys(module)))
  checkNames(path, tables)
  return { database: filter.database ?? onlyDatabase(path, found.databases), tables: pick(path, tables, filter.table) }
}

/** Where a walk is: `config.tables`, and how much further it goes. */
interface Place {
  readonly path: string
  readonly depth: number
}

/** Exports are the user's own: one that throws where it is looked at is no reason not to find the others. */
function collectMembers(owner: object, found: Findings, { path, depth }: Place): void {
  for (const name of Object.keys(owner)) {
    const inner = path === '' ? name : `${path}.${name}`
    let value: unknown = owner
    try {
      value = owner[name as keyof typeof owner]
      collect(value, found, { path: inner, depth })
    } catch (error) {
      skip(found, value, `the export ${inner} cannot be looked into${because(error)}`)
    }
  }
}

function collect(value: unknown, found: Findings, place: Place): void {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
  const { kind } = value as { readonly kind?: unknown }
  if (isTable(value)) found.tables.add(value)
  else if (kind === 'table') {
    skip(found, value, `the export ${place.path} is of the kind "table", but not what defineTable() returns`)
  } else if (typeof value === 'function') collectRouter(value, found)
  else if (place.depth > 0) collectMembers(value, found, { ...place, depth: place.depth - 1 })
}

function collectRouter(handler: unknown, found: Findings): void {
  if (!isRouterHandler(handler)) return
  for (const table of handler.tables) found.tables.add(table)
  found.databases.add(handler.database)
}

function because(error: unknown): string {
  return error instanceof Error ? `: ${error.message.replace(/\s+/g, ' ')}` : ''
}

function skip({ skipped }: Findings, value: unknown, reason: string): void {
  if (!skipped.has(value)) skipped.set(value, reason)
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
