import { OPERATIONS, type Operation } from '../firehose/response.ts'
import type { CompiledMatcher } from '../match/matcher.ts'
import type { Constraint } from '../match/pattern.ts'
import { isStandardSchema } from '../match/schema.ts'
import { selectionProblems } from '../select/check.ts'
import type { Table } from '../table/table.ts'
import { isTable, quote, unknownKeys } from './options.ts'
import type { AnyRoute } from './route.ts'

const ROUTE_OPTIONS = ['name', 'table', 'tables', 'schema', 'operation', 'transform', 'select', 'empty']

/** What is wrong with a route, whose types may have been given up on the way here. */
export function routeProblems(route: AnyRoute, appendOnly: boolean): string[] {
  if (typeof route !== 'object' || route === null) return [`expected a route, 'fail' or 'drop', got ${quote(route)}`]
  const { name, table, tables, schema, operation, transform, select, empty } = route
  const problems = unknownKeys(route, ROUTE_OPTIONS)
  if (name !== undefined && typeof name !== 'string') problems.push(`name: expected a string, got ${typeof name}`)
  if (transform !== undefined && select !== undefined)
    problems.push('select: a route has a transform or a select, not both')
  if (select === undefined && typeof transform !== 'function')
    problems.push(`transform: expected a function, got ${typeof transform}`)
  if (schema !== undefined && !isStandardSchema(schema))
    problems.push('schema: expected a Standard Schema (Zod, Valibot, ArkType, …)')
  if (tables !== undefined && !(Array.isArray(tables) && tables.every(isTable)))
    problems.push('tables: expected a list of what defineTable() returns')
  if (empty !== undefined && empty !== 'fail' && empty !== 'drop')
    problems.push(`empty: expected "fail" or "drop", got ${quote(empty)}`)
  if (!isTable(table)) return [...problems, 'table: expected what defineTable() returns']
  if (select !== undefined) problems.push(...selectionProblems(select, table))
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
