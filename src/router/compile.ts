import type { Quarantine } from '../dead-letter/writer.ts'
import { IcebergRouterError } from '../error.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import type { Operation } from '../firehose/response.ts'
import { compileDispatch, type Dispatch } from '../match/dispatch.ts'
import { type CompiledMatcher, compileMatcher } from '../match/matcher.ts'
import { fileRoutes } from '../match/route-index.ts'
import { unreachableProblems } from '../match/unreachable.ts'
import { isObject, ofType, oneOf, type Rules, ruleProblems } from '../options.ts'
import { compileDestination, type Destination, type Routing } from '../outcome/destination.ts'
import type { MaybePromise } from '../promise.ts'
import type { Fanout } from '../reingest/fanout/fanout.ts'
import { compileSelection, type Selection } from '../select/compile.ts'
import type { StandardSchema } from '../standard-schema.ts'
import type { Table } from '../table/table.ts'
import { compileShortcut, type Shortcut } from './fast-path.ts'
import { optionProblems, quarantineOf, type RouterOptions } from './options.ts'
import type { AnyRoute, Ending } from './route.ts'
import { routeProblems } from './route-options.ts'
import { compileSettings, fanoutOf, type Settings } from './settings.ts'

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
  /** That of its rows, unless it depends on the event. */
  readonly routing: Routing | undefined
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

const CONTEXT_RULES: Rules = { load: ofType('function'), onContextFailure: oneOf('fail', 'retry') }

/** What is collected from one route to the next. */
interface Build {
  readonly options: RouterOptions
  readonly problems: string[]
  /** By the name of the table. */
  readonly destinations: Map<string, Destination>
}

/**
 * Checks a router as a whole and lays it out for the loop.
 *
 * @throws IcebergRouterError `InvalidRouter`, with every problem in it
 */
export function compileRouter(declarations: Declarations): CompiledRouter {
  const { options: given, routes: declared, ending, context } = declarations
  const problems = optionProblems(given)
  // Routes are looked at all the same, so that their problems are told as well.
  const options = isObject(given) ? given : ({} as RouterOptions)
  const build: Build = { options, problems, destinations: new Map() }
  const { destinations } = build
  const routes = declared.map((one, index) => {
    return compileRoute(build, `route ${index + 1}`, { ...one, matcher: compileMatcher(one.matcher) })
  })
  const otherwise = compileRoute(build, 'otherwise', { matcher: EVERYTHING, route: ending })
  const filing = fileRoutes(routes)
  problems.push(...unreachableProblems(routes, filing))
  if (context !== undefined) problems.push(...ruleProblems(context, CONTEXT_RULES).map((one) => `batchContext: ${one}`))
  // No envelope may send a row to the quarantine.
  const all = new Map(destinations)
  const { quarantine: kept } = options
  const quarantine =
    kept && quarantineOf(kept)?.compile(kept, (one) => destinationOf(one, { ...build, destinations: all }))
  if (problems.length > 0) {
    throw new IcebergRouterError('InvalidRouter', 'the router cannot be built:', { problems: [...new Set(problems)] })
  }
  return {
    ...compileSettings(options),
    declarations,
    tables: [...all.values()].map(({ table }) => table),
    destinations,
    // A batch's context is loaded from its events, so that they have to be made.
    shortcut: context === undefined ? compileShortcut(routes, otherwise) : undefined,
    dispatch: compileDispatch(filing),
    otherwise,
    quarantine,
    context,
  }
}

/** A route as it was declared, but for its matcher. */
interface Matched extends Declaration {
  readonly matcher: CompiledMatcher
}

function compileRoute(build: Build, position: string, { matcher, route }: Matched): CompiledRoute {
  const { options, problems } = build
  const found = [...matcher.problems, ...routeProblems(route, options.appendOnly === true)]
  for (const problem of found) problems.push(`${position}: ${problem}`)
  const named: unknown = (route as AnyRoute | undefined)?.name
  const name = typeof named === 'string' ? named : matcher.label
  if (typeof route === 'string' || found.length > 0) return { name, matcher, action: route === 'drop' ? route : 'fail' }
  // Checked right above, field by field.
  const { table, tables = [], schema, operation = 'insert', select: selection, ...rest } = route as CheckedRoute
  const target = destinationOf(table, build)
  return {
    action: 'deliver',
    name,
    matcher,
    target,
    routing: typeof operation === 'string' ? target.routings[operation] : undefined,
    destinations: new Map([table, ...tables].map((one) => [one, destinationOf(one, build)])),
    schema,
    operation,
    transform: selection === undefined ? rest.transform : toTransform(selection),
    selection,
    empty: rest.empty ?? 'fail',
    fanout: fanoutOf(options),
  }
}

interface CheckedRoute extends Pick<DeliveringRoute, 'schema' | 'transform'> {
  readonly table: Table
  readonly tables?: readonly Table[]
  readonly operation?: DeliveringRoute['operation']
  readonly empty?: Ending
  /** In place of the transform. */
  readonly select?: Selection
}

const known = new WeakMap<Selection, DeliveringRoute['transform']>()

/** The plain engine; routes that share a selection share it, so that less is read for a record. */
function toTransform(selection: Selection): DeliveringRoute['transform'] {
  const transform = known.get(selection) ?? createTransform(selection)
  known.set(selection, transform)
  return transform
}

/** Not before the first record that needs it: most take the shortcut. */
function createTransform(selection: Selection): DeliveringRoute['transform'] {
  let select: ReturnType<typeof compileSelection> | undefined
  return (event, record) => {
    select ??= compileSelection(selection)
    return select(event, record)
  }
}

/** Two declarations of one name are two opinions about one table. */
function destinationOf(table: Table, { options, problems, destinations }: Build): Destination {
  const known = destinations.get(table.name)
  if (known?.table === table) return known
  const destination = compileDestination(table, options, destinations.size)
  if (known === undefined) destinations.set(table.name, destination)
  else problems.push(`table ${table.name}: declared more than once; use one defineTable() for all its routes`)
  return destination
}
