import type { CompiledMatcher } from './matcher.ts'
import type { Constraint, Literal, Reader } from './pattern.ts'

/** Something with a matcher: a route. */
export interface Dispatchable {
  readonly matcher: CompiledMatcher
}

/** A route in the index. */
export interface IndexedRoute<Route> {
  /** Its position in the order written. */
  readonly index: number
  readonly route: Route
  /** The look-up has compared all that its pattern asks for, so the matcher is not called. */
  readonly isExact: boolean
}

/** Routes whose patterns compare the same field: one look-up instead of one comparison per route. */
export interface Group<Route> {
  readonly read: Reader
  readonly byValue: ReadonlyMap<unknown, readonly IndexedRoute<Route>[]>
}

/** Routes by the field that they compare. */
export interface RouteIndex<Route> {
  readonly groups: ReadonlyMap<string, Group<Route>>
  /** Predicates and schemas, which are called for every event. */
  readonly always: readonly IndexedRoute<Route>[]
}

/** Indexes every pattern by one of its fields: the one that most patterns share. */
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
    const indexed = { index, route, isExact: constraints.length === 1 }
    let [best] = constraints
    for (const constraint of constraints)
      if (best === undefined || countOf(constraint) > countOf(best)) best = constraint
    if (best === undefined) always.push(indexed)
    else put(groups, best, indexed)
  }
  return { groups, always }
}

/** A group that is still being filled. */
interface MutableGroup<Route> extends Group<Route> {
  readonly byValue: Map<Literal, IndexedRoute<Route>[]>
}

function put<Route>(
  groups: Map<string, MutableGroup<Route>>,
  { key, read, values }: Constraint,
  indexed: IndexedRoute<Route>,
): void {
  const group = groups.get(key) ?? { read, byValue: new Map() }
  groups.set(key, group)
  for (const value of values) {
    const same = group.byValue.get(value)
    if (same === undefined) group.byValue.set(value, [indexed])
    else if (same.at(-1) !== indexed) same.push(indexed)
  }
}
