import type { DeadLetterWriter } from '../dead-letter/writer.ts'
import { IcebergRouterError } from '../error.ts'
import { compileDispatch } from '../match/dispatch.ts'
import { type CompiledMatcher, compileMatcher } from '../match/matcher.ts'
import { indexRoutes } from '../match/route-index.ts'
import { unreachableProblems } from '../match/unreachable.ts'
import { isObject, ofType, oneOf, type Rules, ruleProblems } from '../options.ts'
import { compileDestination, type Destination } from '../outcome/routing.ts'
import type { Table } from '../table/table.ts'
import type { CompiledRoute, CompiledRouter, FastPath, RouteDefinition, RouterDefinition, TableRoute } from './model.ts'
import { type AnyRouterOptions, deadLetterPartOf, optionProblems } from './options.ts'
import { orderProblems } from './order.ts'
import type { AnyRoute, Disposition } from './route.ts'
import { routeProblems, selectPartOf } from './route-options.ts'
import { fanoutOf, toSettings } from './settings.ts'

/** The matcher of `otherwise`: it matches every event. */
const EVERYTHING: CompiledMatcher = { label: 'otherwise', constraints: [], match: (event) => event, problems: [] }

const NO_ROUTE =
  'expected at least one route, got none: on() returns a new router, so chain its calls or keep what it returns'

const CONTEXT_RULES: Rules = { load: ofType('function'), onContextFailure: oneOf('fail', 'retry') }

/** What compiling one route after the other collects. */
interface Build {
  readonly options: AnyRouterOptions
  readonly problems: string[]
  /** By the name of the table. */
  readonly destinations: Map<string, Destination>
}

/**
 * Checks a router as a whole and compiles it for the loop over records.
 *
 * @throws IcebergRouterError `InvalidRouter`, with every problem in it
 */
export function compileRouter(definition: RouterDefinition): CompiledRouter {
  const { options: given, context } = definition
  const problems = optionProblems(given)
  if (definition.routes.length === 0 && definition.otherwise === undefined) problems.push(NO_ROUTE)
  // Routes are checked even if the options are wrong, so that all problems are reported at once.
  const options = isObject(given) ? given : ({} as AnyRouterOptions)
  const build: Build = { options, problems, destinations: new Map() }
  const { destinations } = build
  const routes = definition.routes.map(({ matcher, route }, index) => {
    return compileRoute(build, `route ${index + 1}`, { matcher: compileMatcher(matcher), route })
  })
  const otherwise = compileRoute(build, 'otherwise', { matcher: EVERYTHING, route: definition.otherwise ?? 'fail' })
  const index = indexRoutes(routes)
  problems.push(...unreachableProblems(routes, index), ...orderProblems(options, [...routes, otherwise]))
  if (context !== undefined)
    problems.push(...ruleProblems(context, CONTEXT_RULES).map((problem) => `batchContext: ${problem}`))
  // A copy, because no envelope may send a row to the dead-letter table.
  const all = new Map(destinations)
  const deadLetter = compileDeadLetter({ ...build, destinations: all })
  if (problems.length > 0) {
    throw new IcebergRouterError('InvalidRouter', 'the router cannot be built:', { problems: [...new Set(problems)] })
  }
  return {
    ...toSettings(options),
    definition,
    tables: [...all.values()].map(({ table }) => table),
    destinations,
    // The fast path builds no events, which the context of a batch is loaded from, and reads JSON only.
    fastPath: context === undefined && options.decode === undefined ? compileFastPath(routes, otherwise) : undefined,
    dispatch: compileDispatch(index),
    otherwise,
    deadLetter,
    context,
  }
}

function compileDeadLetter(build: Build): DeadLetterWriter | undefined {
  const { deadLetter } = build.options
  return deadLetter && deadLetterPartOf(deadLetter)?.compile(deadLetter, (table) => destinationOf(table, build))
}

/** The first `select` brings the compiled engine for all of them. */
function compileFastPath(routes: readonly CompiledRoute[], otherwise: CompiledRoute): FastPath | undefined {
  for (const route of [...routes, otherwise]) {
    if (route.action === 'deliver' && route.select !== undefined) return route.select.compileFastPath(routes, otherwise)
  }
  return undefined
}

interface RouteParts {
  readonly matcher: CompiledMatcher
  readonly route: RouteDefinition['route']
}

function compileRoute(build: Build, position: string, { matcher, route }: RouteParts): CompiledRoute {
  const { options, problems } = build
  const found = [...matcher.problems, ...routeProblems(route, options.appendOnly === true)]
  for (const problem of found) problems.push(`${position}: ${problem}`)
  const named: unknown = (route as AnyRoute | undefined)?.name
  const name = typeof named === 'string' ? named : matcher.label
  if (typeof route === 'string' || found.length > 0) return { name, matcher, action: route === 'drop' ? route : 'fail' }
  // routeProblems has checked every field.
  const { table, tables = [], schema, operation = 'insert', transform, empty = 'fail' } = route as CheckedRoute
  const destination = destinationOf(table, build)
  return {
    action: 'deliver',
    name,
    matcher,
    destination,
    routing: typeof operation === 'string' ? destination.routings[operation] : undefined,
    destinations: new Map([table, ...tables].map((each) => [each, destinationOf(each, build)])),
    schema,
    operation,
    transform,
    select: selectPartOf(transform),
    empty,
    fanout: fanoutOf(options),
    unordered: options.unordered === true,
  }
}

interface CheckedRoute extends Pick<TableRoute, 'schema' | 'transform'> {
  readonly table: Table
  readonly tables?: readonly Table[]
  readonly operation?: TableRoute['operation']
  readonly empty?: Disposition
}

/** A table may be declared once only: two declarations of one name could disagree. */
function destinationOf(table: Table, { options, problems, destinations }: Build): Destination {
  const known = destinations.get(table.name)
  if (known?.table === table) return known
  const destination = compileDestination(table, options, destinations.size)
  if (known === undefined) destinations.set(table.name, destination)
  else problems.push(`table ${table.name}: declared more than once; use one defineTable() for all its routes`)
  return destination
}
