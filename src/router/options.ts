import { MAX_RESPONSE_BYTES } from '../firehose/limits.ts'
import { isDatabaseName } from '../firehose/names.ts'
import { OPERATIONS, type Operation } from '../firehose/response.ts'
import type { CompiledMatcher } from '../match/matcher.ts'
import type { Constraint } from '../match/pattern.ts'
import { isStandardSchema } from '../match/schema.ts'
import type { OnBatch } from '../report/report.ts'
import type { Table } from '../table/table.ts'
import type { AnyRoute } from './route.ts'

/** What `createIcebergRouter` takes. */
export interface RouterOptions {
  /** The Glue database of all tables of this router. */
  readonly database: string
  /**
   * For streams made with `AppendOnly`: no `operation` is sent, and routes may only insert. Whether such a stream takes
   * an explicit `insert` is not documented.
   */
  readonly appendOnly?: boolean
  /** Bytes that a response may have, at most (and by default a little below) the 6,291,556 that Lambda allows. */
  readonly responseBudgetBytes?: number
  /** Called once for each invocation; by default failures are printed as one JSON line to standard error. */
  readonly onBatch?: OnBatch
}

const ROUTER_OPTIONS = ['database', 'appendOnly', 'responseBudgetBytes', 'onBatch']
const ROUTE_OPTIONS = ['name', 'table', 'schema', 'operation', 'transform']

/** What is wrong with the options of a router. */
export function optionProblems(options: RouterOptions): string[] {
  if (typeof options !== 'object' || options === null) return ['expected options with a database']
  const { database, appendOnly, responseBudgetBytes, onBatch } = options
  const problems = unknownKeys(options, ROUTER_OPTIONS)
  if (!isDatabaseName(database)) {
    problems.push(`database: expected 1 to 252 lower-case letters, digits or underscores, got ${quote(database)}`)
  }
  if (appendOnly !== undefined && typeof appendOnly !== 'boolean')
    problems.push(`appendOnly: expected a boolean, got ${typeof appendOnly}`)
  if (responseBudgetBytes !== undefined && !isBudget(responseBudgetBytes)) {
    problems.push(`responseBudgetBytes: expected a whole number from 1 to ${MAX_RESPONSE_BYTES}`)
  }
  if (onBatch !== undefined && typeof onBatch !== 'function')
    problems.push(`onBatch: expected a function, got ${typeof onBatch}`)
  return problems
}

function isBudget(bytes: unknown): boolean {
  return Number.isInteger(bytes) && (bytes as number) >= 1 && (bytes as number) <= MAX_RESPONSE_BYTES
}

/** What is wrong with a route, whose types may have been given up on the way here. */
export function routeProblems(route: AnyRoute, appendOnly: boolean): string[] {
  if (typeof route !== 'object' || route === null) return [`expected a route, 'fail' or 'drop', got ${quote(route)}`]
  const { name, table, schema, operation, transform } = route
  const problems = unknownKeys(route, ROUTE_OPTIONS)
  if (name !== undefined && typeof name !== 'string') problems.push(`name: expected a string, got ${typeof name}`)
  if (typeof transform !== 'function') problems.push(`transform: expected a function, got ${typeof transform}`)
  if (schema !== undefined && !isStandardSchema(schema))
    problems.push('schema: expected a Standard Schema (Zod, Valibot, ArkType, …)')
  if (!isTable(table)) return [...problems, 'table: expected what defineTable() returns']
  return [...problems, ...operationProblems(operation, table, appendOnly)]
}

function operationProblems(operation: unknown, table: Table, appendOnly: boolean): string[] {
  if (operation === undefined || operation === 'insert') return []
  if (typeof operation !== 'function' && !OPERATIONS.includes(operation as Operation)) {
    return [`operation: expected ${OPERATIONS.join(', ')} or a function, got ${quote(operation)}`]
  }
  if (appendOnly) return ['operation: an append-only stream takes nothing but inserts']
  if (typeof operation === 'string' && table.uniqueKeys.length === 0) {
    return [`operation: ${operation} needs unique keys; add uniqueKeys to the table ${table.name}`]
  }
  return []
}

/** Patterns that can never be reached, because an earlier one takes all that they would. */
export function unreachableProblems(matchers: readonly CompiledMatcher[]): string[] {
  return matchers.flatMap(({ constraints }, index) => {
    if (constraints.length === 0) return []
    const earlier = matchers.findIndex((other, at) => at < index && takesAll(other.constraints, constraints))
    return earlier < 0
      ? []
      : [`route ${index + 1}: can never match, because route ${earlier + 1} takes all of its events`]
  })
}

function takesAll(wide: readonly Constraint[], narrow: readonly Constraint[]): boolean {
  return (
    wide.length > 0 &&
    wide.every(({ path, values }) => {
      const same = narrow.find(
        (other) => other.path.length === path.length && other.path.every((key, i) => key === path[i]),
      )
      return same?.values.every((value) => values.includes(value)) === true
    })
  )
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'table'
}

function unknownKeys(value: object, known: readonly string[]): string[] {
  const unknown = Object.keys(value).filter((key) => !known.includes(key))
  return unknown.map((key) => `unknown option "${key}"; there are ${known.join(', ')}`)
}

function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeof value
}
