import type { CompiledMatcher } from './matcher.ts'
import type { Constraint, Literal, Reader } from './pattern.ts'

/** Something with a matcher: a route. */
export interface Dispatchable {
  readonly matcher: CompiledMatcher
}

/** A route where it is filed. */
export interface IndexedRoute<Route> {
  /** Its place in the order written. */
  readonly index: number
  readonly route: Route
  /** The look-up was all that its pattern asks for: it need not be tried. */
  readonly isExact: boolean
}

/** Routes that all look at the same field: one look-up instead of a comparison each. */
export interface Group<Route> {
  readonly read: Reader
  readonly byValue: ReadonlyMap<unknown, readonly IndexedRoute<Route>[]>
}

/** Routes by the field that they look at. */
export interface RouteIndex<Route> {
  readonly groups: ReadonlyMap<string, Group<Route>>
  /** Predicates and schemas, which look at every event. */
  readonly always: readonly IndexedRoute<Route>[]
}

/** Files every pattern under one of its fields: the one that most of the patterns share. */
export function indexRoutes<Route extends Dispatchable>(routes: readonly Route[]): RouteIndex<Route> {
  const counts = new Map<string, number>()
  const countOf = ({ key }: Constraint): number => counts.get(key) ?? 0
  for (const { matcher } of routes) {
    for (const constraint of matcher.constraints) counts.set(constraint.key, countOf(constraint) + 1)
  }
  const groups = new Map<string, MutableGroup<Route>>()
  const always: IndexedRoute<Route>[] = []
  for (const [index, route] of routes.entries()) {
    const { constraints } = route.matcher
    const filed = { index, route, isExact: constraints.length === 1 }
    let [best] = constraints
    for (const one of constraints) if (best === undefined || countOf(one) > countOf(best)) best = one
    if (best === undefined) always.push(filed)
    else put(groups, best, filed)
  }
  return { groups, always }
}

/** A group that is still filled. */
interface MutableGroup<Route> extends Group<Route> {
  readonly byValue: Map<Literal, IndexedRoute<Route>[]>
}

function put<Route>(
  groups: Map<string, MutableGroup<Route>>,
  { key, read, values }: Constraint,
  filed: IndexedRoute<Route>,
): void {
  const group = groups.get(key) ?? { read, byValue: new Map() }
  groups.set(key, group)
  for (const value of values) {
    const same = group.byValue.get(value)
    if (same === undefined) group.byValue.set(value, [filed])
    else if (same.at(-1) !== filed) same.push(filed)
  }
}
