import { OPERATIONS, type Operation } from '../firehose/response.ts'
import { foreignSchemaProblem } from '../match/foreign-schema.ts'
import { isObject, ofType, oneOf, optional, quote, type Rule, ruleProblems } from '../options.ts'
import { isStandardSchema } from '../standard-schema.ts'
import type { SelectPart } from './model.ts'
import { operationProblem } from './operation.ts'
import { isTable } from './options.ts'
import type { AnyRoute } from './route.ts'

const DISPOSITION = oneOf('fail', 'drop')

/** A rule for every option of a route. {@link routeProblems} checks what depends on several of them. */
const RULES: { readonly [Name in keyof Required<AnyRoute>]: Rule } = {
  name: optional(ofType('string')),
  table: [isTable, 'what defineTable() returns'],
  tables: optional([(value) => Array.isArray(value) && value.every(isTable), 'a list of what defineTable() returns']),
  schema: optional([isStandardSchema, 'a Standard Schema (Zod, Valibot, ArkType, …)']),
  operation: optional([isOperation, 'insert, update, delete or a function']),
  transform: [(value) => typeof value === 'function', 'a function, or select({ … })'],
  empty: optional(DISPOSITION),
}

/** Lists what is wrong with a route, whose types may have been given up on the way here. */
export function routeProblems(route: unknown, appendOnly: boolean): string[] {
  if (route === 'fail' || route === 'drop') return []
  if (!isObject(route)) return [`expected a route, ${DISPOSITION[1]}, got ${quote(route)}`]
  const { table, operation, transform, schema }: AnyRoute = route
  const foreign = isStandardSchema(schema) ? undefined : foreignSchemaProblem(schema, 'schema')
  const checked = foreign === undefined ? route : { ...route, schema: undefined }
  const problems = ruleProblems(checked, RULES)
  if (foreign !== undefined) problems.push(`schema: ${foreign}`)
  if (!isTable(table)) return problems
  const select = selectPartOf(transform)
  if (select !== undefined) problems.push(...select.selectionProblems(select.selection, table, operation))
  if (operation !== undefined && isOperation(operation)) {
    const problem = operationProblem({ table, appendOnly }, operation)
    if (problem !== undefined) problems.push(`operation: ${problem}`)
  }
  return problems
}

/** The router's part of a transform that `select()` made; undefined for every other value. */
export function selectPartOf(transform: unknown): SelectPart | undefined {
  return typeof transform === 'function' ? (transform as { readonly '~select'?: SelectPart })['~select'] : undefined
}

function isOperation(value: unknown): value is Operation | (() => unknown) {
  return typeof value === 'function' || OPERATIONS.includes(value as Operation)
}
