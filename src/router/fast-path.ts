import type { Constraint } from '../match/pattern.ts'
import { PendingRow } from '../outcome/pending-row.ts'
import type { Routing } from '../outcome/routing.ts'
import type { ScanRoute } from '../scan/compile-route.ts'
import type { ScanPlan } from '../scan/program.ts'
import { createScanner } from '../scan/scanner.ts'
import { isIndex } from '../select/lookup.ts'
import { ENVELOPE_KEY } from './is-envelope.ts'
import type { CompiledRoute, FastPath } from './model.ts'

/** A route that a scanner can run: it has a `select`, and no user code sees the event. */
interface SimpleRoute {
  readonly name: string
  readonly route: CompiledRoute
  readonly scan: ScanRoute
  readonly routing: Routing
}

/** Builds the fast path for routes with `select`; undefined if no route can take it. */
export function compileFastPath(routes: readonly CompiledRoute[], otherwise: CompiledRoute): FastPath | undefined {
  const simple = [...routes, otherwise].flatMap(toSimple)
  // The scanner finds elements of lists by number as well, which a pattern does not.
  if (simple.length === 0 || commonPath(routes)?.some(isIndex)) return undefined
  const plan = planScan(routes, otherwise, simple)
  // Earlier routes may take every event, so the scanner would never choose a route.
  if ([plan.otherwise, ...plan.byValue.values()].every((number) => number === undefined)) return undefined
  return createScanner(plan, { routes: simple, Row: PendingRow })
}

function toSimple(route: CompiledRoute): SimpleRoute[] {
  if (route.action !== 'deliver') return []
  const { select, schema, operation, destination } = route
  if (select === undefined || schema !== undefined) return []
  if (operation !== 'insert' && operation !== 'update') return []
  const scan = { table: destination.table, selection: select.selection, operation }
  return [{ name: route.name, route, scan, routing: destination.routings[operation] }]
}

function planScan(
  routes: readonly CompiledRoute[],
  otherwise: CompiledRoute,
  simple: readonly SimpleRoute[],
): ScanPlan {
  const numbers = new Map(simple.map(({ route }, index) => [route, index]))
  const discriminant = commonPath(routes)
  const asked = routes.map((route) => ({ route, constraint: constraintOn(route.matcher.constraints, discriminant) }))
  const byValue = new Map<string, number | undefined>()
  for (const { constraint } of asked) {
    for (const text of constraint?.values ?? []) {
      if (typeof text !== 'string' || byValue.has(text)) continue
      const route = routeOf(asked, text)
      byValue.set(text, route && numbers.get(route))
    }
  }
  const isDecided = asked.every(({ constraint }) => constraint !== undefined)
  return {
    routes: simple.map(({ scan }) => scan),
    discriminant,
    byValue,
    otherwise: isDecided ? numbers.get(otherwise) : undefined,
    forbiddenKeys: [ENVELOPE_KEY],
  }
}

/** The path that most patterns compare. */
function commonPath(routes: readonly CompiledRoute[]): readonly string[] | undefined {
  const counts = new Map<string, number>()
  for (const { matcher } of routes) {
    for (const { path } of matcher.constraints) {
      const key = JSON.stringify(path)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  const [common] = [...counts].sort(([, a], [, b]) => b - a)
  return common === undefined ? undefined : (JSON.parse(common[0]) as string[])
}

/** A route, and the values that its pattern allows at the common path. */
interface Asked {
  readonly route: CompiledRoute
  readonly constraint: Constraint | undefined
}

/** The route of all events with this string at the common path; undefined if other fields matter too. */
function routeOf(asked: readonly Asked[], text: string): CompiledRoute | undefined {
  const first = asked.find(({ constraint }) => constraint === undefined || constraint.values.includes(text))
  return first?.constraint !== undefined && first.route.matcher.constraints.length === 1 ? first.route : undefined
}

function constraintOn(constraints: readonly Constraint[], path: readonly string[] | undefined): Constraint | undefined {
  return constraints.find(
    (constraint) => constraint.path.length === path?.length && constraint.path.every((key, at) => key === path[at]),
  )
}
