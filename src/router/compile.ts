import { IcebergRouterError } from '../error.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import type { Operation } from '../firehose/response.ts'
import { compileDispatch, type Dispatch } from '../match/dispatch.ts'
import { type CompiledMatcher, compileMatcher } from '../match/matcher.ts'
import type { StandardSchema } from '../match/schema.ts'
import type { MaybePromise } from '../match/thenable.ts'
import { compileSelection, type Selection } from '../select/compile.ts'
import type { Table } from '../table/table.ts'
import { compileDestination, type Destination } from './destination.ts'
import type { Fanout } from './fanout/fanout.ts'
import { optionProblems, type RouterOptions } from './options.ts'
import { compileQuarantine, type Quarantine } from './quarantine.ts'
import type { AnyRoute, Ending } from './route.ts'
import { routeProblems, unreachableProblems } from './route-options.ts'
import { compileSettings, fanoutOf, type Settings } from './settings.ts'
import { compileShortcut, type Shortcut } from './shortcut.ts'

/** A route as it was declared. */
export interface Declaration {
  readonly matcher: unknown
  readonly route: AnyRoute | Ending
}

/** All that was said about a router. */
export interface Declarations {
  readonly options: RouterOptions
  readonly routes: readonly Declaration[]
  readonly ending: Declaration['route']
  readonly context?: ContextDeclaration
}

/** What is loaded once for an invocation, and what to do where that fails. */
export interface ContextDeclaration {
  readonly load: (events: readonly unknown[]) => unknown
  readonly onContextFailure: 'fail' | 'retry'
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
  readonly target: Destination
  /** Every table that its rows may go to. */
  readonly destinations: ReadonlyMap<Table, Destination>
  readonly schema: StandardSchema | undefined
  readonly operation: Operation | ((event: unknown) => unknown)
  readonly transform: (event: unknown, record: FirehoseRecord, context: unknown) => MaybePromise<unknown>
  /** What the transform was compiled from, where the route has a `select`. */
  readonly selection: Selection | undefined
  readonly empty: Ending
  /** What makes several rows of a record; with a target only. */
  readonly fanout: Fanout | undefined
}

/** A router, ready to run. */
export interface CompiledRouter extends Settings {
  readonly declarations: Declarations
  readonly tables: readonly Table[]
  /** The tables of the routes by name: where an envelope may send its row. */
  readonly destinations: ReadonlyMap<string, Destination>
  /** For routes with `select`: from the bytes of a record to its row. */
  readonly shortcut: Shortcut | undefined
  readonly dispatch: Dispatch<CompiledRoute>
  readonly otherwise: CompiledRoute
  readonly quarantine: Quarantine | undefined
  readonly context: ContextDeclaration | undefined
}

/** Matches everything: the matcher of `otherwise`. */
const EVERYTHING: CompiledMatcher = { label: 'otherwise', constraints: [], match: (event) => event, problems: [] }

/**
 * Checks a router as a whole and lays it out for the loop.
 *
 * @throws IcebergRouterError `InvalidRouter`, with every problem in it
 */
export function compileRouter(declarations: Declarations): CompiledRouter {
  const { options, routes: declared, ending, context } = declarations
  const problems = optionProblems(options)
  const build: Build = { options, problems, destinations: new Map() }
  const routes = declared.map(({ matcher, route }, index) => {
    return compileRoute(compileMatcher(matcher), route, `route ${index + 1}`, build)
  })
  const otherwise = compileRoute(EVERYTHING, ending, 'otherwise', build)
  const quarantine = problems.length > 0 ? undefined : compileQuarantine(options)
  const rowTables = [...build.destinations.keys()]
  const tables = quarantine === undefined ? rowTables : [...rowTables, quarantine.table]
  problems.push(...contextProblems(context), ...unreachableProblems(routes.map((route) => route.matcher)))
  problems.push(...conflictingTables(tables))
  if (problems.length > 0) throw new IcebergRouterError('InvalidRouter', 'the router cannot be built:', { problems })
  const destinations = new Map([...build.destinations.values()].map((one) => [one.table.name, one]))
  const dispatch = compileDispatch(routes)
  // A batch's context is loaded from its events, so that they have to be made.
  const shortcut = context === undefined ? compileShortcut(routes, otherwise) : undefined
  const settings = { ...compileSettings(options), declarations, tables, destinations }
  return { ...settings, shortcut, dispatch, otherwise, quarantine, context }
}

interface Build {
  readonly options: RouterOptions
  readonly problems: string[]
  readonly destinations: Map<Table, Destination>
}

function compileRoute(
  matcher: CompiledMatcher,
  route: Declaration['route'],
  position: string,
  build: Build,
): CompiledRoute {
  const { options, problems } = build
  problems.push(...matcher.problems.map((problem) => `${position}: ${problem}`))
  if (route === 'fail' || route === 'drop') return { name: matcher.label, matcher, action: route }
  problems.push(...routeProblems(route, options?.appendOnly === true).map((problem) => `${position}: ${problem}`))
  const name = typeof route?.name === 'string' ? route.name : matcher.label
  if (problems.length > 0) return { name, matcher, action: 'fail' }
  // Checked right above, field by field.
  const checked = route as CheckedRoute
  const { table, tables = [], schema, operation = 'insert', empty = 'fail' } = checked
  const { select: selection } = checked
  const transform = checked.select === undefined ? checked.transform : compileSelection(checked.select)
  const destinations = new Map([table, ...tables].map((one) => [one, destinationOf(one, build)]))
  const target = destinationOf(table, build)
  const fanout = fanoutOf(options)
  return {
    action: 'deliver',
    name,
    matcher,
    target,
    destinations,
    schema,
    operation,
    transform,
    selection,
    empty,
    fanout,
  }
}

type CheckedRoute = Pick<DeliveringRoute, 'schema'> & {
  readonly table: Table
  readonly tables?: readonly Table[]
  readonly operation?: DeliveringRoute['operation']
  readonly empty?: Ending
} & ((Pick<DeliveringRoute, 'transform'> & { readonly select?: undefined }) | { readonly select: Selection })

function destinationOf(table: Table, { options, destinations }: Build): Destination {
  const known = destinations.get(table) ?? compileDestination(table, options, destinations.size)
  destinations.set(table, known)
  return known
}

function contextProblems(context: ContextDeclaration | undefined): string[] {
  if (context === undefined) return []
  const { load, onContextFailure } = context
  const problems = typeof load === 'function' ? [] : [`batchContext: expected a function, got ${typeof load}`]
  if (onContextFailure !== 'fail' && onContextFailure !== 'retry')
    problems.push('onContextFailure: expected "fail" or "retry"')
  return problems
}

/** Two declarations of one name are two opinions about one table. */
function conflictingTables(tables: readonly Table[]): string[] {
  const names = tables.map(({ name }) => name)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...twice].map((name) => `table ${name}: declared more than once; use one defineTable() for all its routes`)
}
