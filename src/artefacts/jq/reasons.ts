import { compileMatcher } from '../../match/matcher.ts'
import { type Constraint, toConstraints } from '../../match/pattern.ts'
import type { RouteDefinition, RouterDefinition } from '../../router/model.ts'
import type { AnyRouterOptions } from '../../router/options.ts'
import type { AnyRoute } from '../../router/route.ts'
import { selectPartOf } from '../../router/route-options.ts'
import { isStandardSchema } from '../../standard-schema.ts'
import type { Table } from '../../table/table.ts'
import { columnReasons } from './columns.ts'

/** Options that only a Lambda can use, with what is lost without it. */
const OPTIONS: { readonly [Name in keyof AnyRouterOptions]?: string } = {
  decode: 'a query reads JSON only, one document in each record',
  deadLetter: 'failed records go to the error output of the stream, never into a table',
  reingest: 'Firehose puts nothing back onto the stream, and cannot open what was put back',
  onFailure: 'nothing calls it without the Lambda',
  onBatch: 'nothing calls it without the Lambda',
}

/** Everything that Firehose cannot do without the Lambda, one sentence each. */
export function reasonsAgainst(definition: RouterDefinition, completeEvents: boolean): string[] {
  const { options, routes, otherwise, context } = definition
  const lost = Object.entries(OPTIONS).flatMap(([name, reason]) => {
    return options[name as keyof AnyRouterOptions] === undefined ? [] : [`the option ${name}: ${reason}`]
  })
  const loaded = context === undefined ? [] : ['batchContext: Firehose loads nothing for a batch']
  const ofRoutes = routes.flatMap(({ matcher, route }, index) => {
    const where = `route ${index + 1} (${nameOf(matcher, route)})`
    return [...matcherReasons(matcher), ...routeReasons(route, completeEvents)].map((reason) => `${where}: ${reason}`)
  })
  const ofEnding = routeReasons(otherwise, completeEvents).map((reason) => `otherwise: ${reason}`)
  return [...lost, ...loaded, ...ofRoutes, ...ofEnding]
}

function nameOf(matcher: unknown, route: RouteDefinition['route']): string {
  return typeof route === 'object' && typeof route.name === 'string' ? route.name : compileMatcher(matcher).label
}

function matcherReasons(matcher: unknown): string[] {
  if (isStandardSchema(matcher)) return ['it is matched by a schema; JQ can compare with literal patterns only']
  if (typeof matcher === 'function') return ['it is matched by a function; JQ can compare with literal patterns only']
  return toConstraints(matcher).constraints.flatMap(constraintReasons)
}

function constraintReasons({ path, values }: Constraint): string[] {
  const where = `the pattern at ${path.join('.')}`
  const strings = [...path, ...values.filter((value) => typeof value === 'string')]
  const numbers = values.filter((value) => typeof value === 'number')
  return [
    ...(strings.every(isPlain) ? [] : [`${where}: JQ cannot distinguish lone surrogates from the character U+FFFD`]),
    ...(numbers.every(isExact) ? [] : [`${where}: JQ reads numbers beyond 2^53 as the nearest double`]),
  ]
}

function isPlain(text: string): boolean {
  return !/[\p{Surrogate}\ufffd]/u.test(text)
}

function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER
}

function routeReasons(route: RouteDefinition['route'] = 'fail', completeEvents: boolean): string[] {
  if (route === 'fail') return []
  if (route === 'drop') return ['it drops its records; Firehose can only deliver or fail them']
  const { schema, operation, transform } = route as AnyRoute
  const select = selectPartOf(transform)
  const { table } = route as { readonly table: Table }
  return [
    ...(schema === undefined ? [] : ['it has a schema; Firehose validates nothing']),
    ...(typeof operation === 'function' ? ['its operation is computed by a function; it has to be fixed'] : []),
    ...(select === undefined
      ? ['its transform is a function; only select() can be read']
      : columnReasons(table, select.selection, completeEvents)),
  ]
}
