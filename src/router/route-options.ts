import { OPERATIONS, type Operation } from '../firehose/response.ts'
import { pathKey } from '../match/dispatch.ts'
import type { CompiledMatcher } from '../match/matcher.ts'
import type { Constraint } from '../match/pattern.ts'
import { isStandardSchema } from '../match/schema.ts'
import { isObject, ofType, oneOf, optional, quote, type Rule, ruleProblems } from '../rules.ts'
import { selectionProblems } from '../select/check.ts'
import type { Table } from '../table/table.ts'
import { isTable } from './options.ts'
import type { AnyRoute } from './route.ts'

const ENDING = oneOf('fail', 'drop')

/** A rule for every option of a route; what depends on several of them is checked by itself. */
const RULES: { readonly [Name in keyof Required<AnyRoute>]: Rule } = {
  name: optional(ofType('string')),
  table: [isTable, 'what defineTable() returns'],
  tables: optional([(value) => Array.isArray(value) && value.every(isTable), 'a list of what defineTable() returns']),
  schema: optional([isStandardSchema, 'a Standard Schema (Zod, Valibot, ArkType, …)']),
  operation: optional([isOperation, 'insert, update, delete or a function']),
  transform: optional(ofType('function')),
  select: [() => true, ''],
  empty: optional(ENDING),
}

/** What is wrong with a route, whose types may have been given up on the way here. */
export function routeProblems(route: unknown, appendOnly: boolean): string[] {
  if (!isObject(route)) return [`expected a route, ${ENDING[1]}, got ${quote(route)}`]
  const { table, operation, transform, select }: AnyRoute = route
  const problems = ruleProblems(route, RULES)
  if ((transform === undefined) === (select === undefined))
    problems.push('expected a transform or a select, and not both')
  if (!isTable(table)) return problems
  if (select !== undefined) problems.push(...selectionProblems(select, table))
  return [...problems, ...operationProblems(operation, table, appendOnly)]
}

function operationProblems(operation: unknown, table: Table, appendOnly: boolean): string[] {
  if (operation === undefined || operation === 'insert' || !isOperation(operation)) return []
  if (appendOnly) return ['operation: an append-only stream takes nothing but inserts']
  if (typeof operation === 'function' || table.uniqueKeys.length > 0) return []
  return [`operation: ${operation} needs unique keys; add uniqueKeys to the table ${table.name}`]
}

function isOperation(value: unknown): boolean {
  return typeof value === 'function' || OPERATIONS.includes(value as Operation)
}

/** Patterns that can never be reached, because an earlier one takes all that they would. */
export function unreachableProblems(matchers: readonly CompiledMatcher[]): string[] {
  // By one comparison that a pattern makes: with a thousand routes nobody wants to compare each with each.
  const earlier = new Map<string, number[]>()
  return matchers.flatMap(({ constraints }, index) => {
    const near = constraints.flatMap(({ path, values }) => earlier.get(comparison(path, values[0])) ?? [])
    const taken = near.filter((at) => takesAll(matchers[at]?.constraints ?? [], constraints))
    const [first] = constraints
    for (const value of first?.values ?? []) {
      const key = comparison(first?.path ?? [], value)
      earlier.set(key, [...(earlier.get(key) ?? []), index])
    }
    if (taken.length === 0) return []
    return [`route ${index + 1}: can never match, because route ${Math.min(...taken) + 1} takes all of its events`]
  })
}

function comparison(path: readonly string[], value: unknown): string {
  return JSON.stringify([path, value])
}

function takesAll(wide: readonly Constraint[], narrow: readonly Constraint[]): boolean {
  const isTaken = ({ path, values }: Constraint): boolean => {
    const same = narrow.find((other) => pathKey(other.path) === pathKey(path))
    return same?.values.every((value) => values.includes(value)) === true
  }
  return wide.length > 0 && wide.every(isTaken)
}
