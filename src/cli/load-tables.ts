import { isDatabaseName } from '../firehose/names.ts'
import type { Table } from '../table/table.ts'
import { UsageError } from './command.ts'
import { invalidModule, isRouterHandler, isTable, loadModule } from './load-module.ts'

/** The tables of a module, all of one database. */
export interface LoadedTables {
  /** Undefined if neither a router nor the command line names it. */
  readonly database: string | undefined
  readonly tables: readonly Table[]
}

/** Selects tables of a module, and names their database. */
export interface TableFilter {
  /** Used instead of the router's own database. */
  readonly database?: string | undefined
  /** Only the table of this name. */
  readonly table?: string | undefined
}

/** What a walk over the exports has found. */
interface Findings {
  readonly tables: Set<Table>
  readonly databases: Set<string>
  /** Skipped exports that may contain tables, with the reason; by object, because one may be exported twice. */
  readonly skipped: Map<unknown, string>
}

/** How deep lists and objects are searched for tables. */
const MAX_DEPTH = 3

/**
 * Loads the tables that a module exports: directly, in lists and objects, or through a router's handler.
 *
 * @param note called with a line for every skipped export
 * @throws IcebergRouterError `InvalidHandler` if the module does not load or has no such tables
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
  const findings: Findings = { tables: new Set(), databases: new Set(), skipped: new Map() }
  collectMembers(module, findings, { path: '', depth: MAX_DEPTH })
  for (const reason of findings.skipped.values()) note(`note: ${path}: ${reason}\n`)
  const tables = [...findings.tables]
  if (tables.length === 0) throw invalidModule(noTables(path, Object.keys(module)))
  checkNames(path, tables)
  return {
    database: filter.database ?? onlyDatabase(path, findings.databases),
    tables: pick(path, tables, filter.table),
  }
}

/** The current place of a walk, such as `config.tables`, and the remaining depth. */
interface Place {
  readonly path: string
  readonly depth: number
}

/** Searches the members of an object; one whose getter throws is skipped, and the others are still searched. */
function collectMembers(owner: object, findings: Findings, { path, depth }: Place): void {
  for (const name of Object.keys(owner)) {
    const inner = path === '' ? name : `${path}.${name}`
    let value: unknown = owner
    try {
      value = owner[name as keyof typeof owner]
      collect(value, findings, { path: inner, depth })
    } catch (error) {
      skip(findings, value, `the export ${inner} cannot be read${because(error)}`)
    }
  }
}

function collect(value: unknown, findings: Findings, place: Place): void {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
  const { kind } = value as { readonly kind?: unknown }
  if (isTable(value)) findings.tables.add(value)
  else if (kind === 'table') {
    skip(findings, value, `the export ${place.path} has the kind "table", but is not what defineTable() returns`)
  } else if (typeof value === 'function') collectRouter(value, findings)
  else if (place.depth > 0) collectMembers(value, findings, { ...place, depth: place.depth - 1 })
}

function collectRouter(handler: unknown, findings: Findings): void {
  if (!isRouterHandler(handler)) return
  for (const table of handler.tables) findings.tables.add(table)
  findings.databases.add(handler.database)
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
    `${path} exports routers of several databases (${[...databases].join(', ')}); put each into a separate module`,
  )
}

function checkNames(path: string, tables: readonly Table[]): void {
  const names = tables.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalidModule(`${path} exports two different tables named ${twice}`)
}

function noTables(path: string, names: readonly string[]): string {
  const expected = 'expected what defineTable() returns, alone or in a list or object, or a handler of router.handler()'
  return `${path} exports no tables: ${expected}; it exports ${names.join(', ') || 'nothing'}`
}
