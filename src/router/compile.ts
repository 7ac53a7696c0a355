import { IcebergRouterError } from '../error.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import type { Operation, OtfMetadata } from '../firehose/response.ts'
import { compileDispatch, type Dispatch } from '../match/dispatch.ts'
import { type CompiledMatcher, compileMatcher } from '../match/matcher.ts'
import type { StandardSchema } from '../match/schema.ts'
import type { MaybePromise } from '../match/thenable.ts'
import { type OnBatch, printFailures } from '../report/report.ts'
import { createRowEncoder, type RowEncoder } from '../table/encoder.ts'
import type { Table } from '../table/table.ts'
import { optionProblems, type RouterOptions, routeProblems, unreachableProblems } from './options.ts'
import type { AnyRoute, Ending } from './route.ts'

/** A route as it was declared. */
export interface Declaration {
  readonly matcher: unknown
  readonly route: AnyRoute | 'fail' | 'drop'
}

/** A route, ready to run: what a record meets once it has matched. */
export type CompiledRoute = EndingRoute | DeliveringRoute

/** A route that makes no row. */
export interface EndingRoute {
  readonly action: Ending
  readonly name: string
  readonly matcher: CompiledMatcher
}

/** A route that makes rows. */
export interface DeliveringRoute {
  readonly action: 'deliver'
  readonly name: string
  readonly matcher: CompiledMatcher
  readonly table: Table
  readonly schema: StandardSchema | undefined
  readonly operation: Operation | ((event: unknown) => unknown)
  readonly transform: (event: unknown, record: FirehoseRecord) => MaybePromise<unknown>
  readonly encode: RowEncoder
  /** The routing of each operation, made once and shared by all records. */
  readonly otf: { readonly [O in Operation]: OtfMetadata }
}

/** A router, ready to run. */
export interface CompiledRouter {
  readonly database: string
  readonly tables: readonly Table[]
  readonly dispatch: Dispatch<CompiledRoute>
  readonly otherwise: CompiledRoute
  readonly responseBudgetBytes: number
  readonly onBatch: OnBatch
}

/** Below the cap by the size of a few hundred answers, in case Lambda counts something that is not known. */
const DEFAULT_BUDGET_BYTES = 6_000_000

/** Matches everything: the matcher of `otherwise`. */
const EVERYTHING: CompiledMatcher = { label: 'otherwise', constraints: [], match: (event) => event, problems: [] }

/**
 * Checks a router as a whole and lays it out for the loop.
 *
 * @throws IcebergRouterError `InvalidRouter`, with every problem in it
 */
export function compileRouter(
  options: RouterOptions,
  declarations: readonly Declaration[],
  ending: Declaration['route'],
): CompiledRouter {
  const problems = optionProblems(options)
  const context = { database: options?.database, appendOnly: options?.appendOnly === true, problems }
  const routes = declarations.map(({ matcher, route }, index) => {
    return compileRoute(compileMatcher(matcher), route, `route ${index + 1}`, context)
  })
  const otherwise = compileRoute(EVERYTHING, ending, 'otherwise', context)
  problems.push(
    ...unreachableProblems(routes.map((route) => route.matcher)),
    ...conflictingTables([...routes, otherwise]),
  )
  if (problems.length > 0) throw new IcebergRouterError('InvalidRouter', 'the router cannot be built:', { problems })
  return {
    database: options.database,
    tables: tablesOf([...routes, otherwise]),
    dispatch: compileDispatch(routes),
    otherwise,
    responseBudgetBytes: options.responseBudgetBytes ?? DEFAULT_BUDGET_BYTES,
    onBatch: options.onBatch ?? printFailures,
  }
}

interface Context {
  readonly database: string
  readonly appendOnly: boolean
  readonly problems: string[]
}

function compileRoute(
  matcher: CompiledMatcher,
  route: Declaration['route'],
  position: string,
  context: Context,
): CompiledRoute {
  context.problems.push(...matcher.problems.map((problem) => `${position}: ${problem}`))
  if (route === 'fail' || route === 'drop') return { name: matcher.label, matcher, action: route }
  context.problems.push(...routeProblems(route, context.appendOnly).map((problem) => `${position}: ${problem}`))
  const name = typeof route?.name === 'string' ? route.name : matcher.label
  if (context.problems.length > 0) return { name, matcher, action: 'fail' }
  // Checked right above, field by field.
  const {
    table,
    schema,
    operation = 'insert',
    transform,
  } = route as Pick<DeliveringRoute, 'table' | 'schema' | 'transform'> & {
    readonly operation?: DeliveringRoute['operation']
  }
  const otf = otfOf(context.database, table.name, context.appendOnly)
  return { action: 'deliver', name, matcher, table, schema, operation, transform, encode: createRowEncoder(table), otf }
}

function otfOf(database: string, table: string, appendOnly: boolean): DeliveringRoute['otf'] {
  const names = { destinationDatabaseName: database, destinationTableName: table }
  const make = (operation: Operation): OtfMetadata => Object.freeze(appendOnly ? names : { ...names, operation })
  return { insert: make('insert'), update: make('update'), delete: make('delete') }
}

/** Two declarations of one name are two opinions about one table. */
function conflictingTables(routes: readonly CompiledRoute[]): string[] {
  const names = tablesOf(routes).map(({ name }) => name)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...twice].map((name) => `table ${name}: declared more than once; use one defineTable() for all its routes`)
}

function tablesOf(routes: readonly CompiledRoute[]): Table[] {
  return [...new Set(routes.flatMap((route) => (route.action === 'deliver' ? [route.table] : [])))]
}
