import type { Constraint } from './pattern.ts'
import type { Dispatchable, RouteIndex } from './route-index.ts'

/** Lists the routes that can never match, because an earlier pattern takes all of their events. */
export function unreachableProblems<Route extends Dispatchable>(
  routes: readonly Route[],
  routeIndex: RouteIndex<Route>,
): string[] {
  return routes.flatMap(({ matcher }, index) => {
    const first = firstThatTakesAll(matcher.constraints, routeIndex)
    if (first >= index) return []
    return [`route ${index + 1}: can never match, because route ${first + 1} takes all of its events`]
  })
}

/** Finds such an earlier route in the index under one of the same comparisons, instead of comparing all pairs of routes. */
function firstThatTakesAll(constraints: readonly Constraint[], { groups }: RouteIndex<Dispatchable>): number {
  let first = Infinity
  for (const { key, values } of constraints) {
    for (const { index, route } of groups.get(key)?.byValue.get(values[0]) ?? []) {
      if (index >= first) break
      if (takesAll(route.matcher.constraints, constraints)) first = index
    }
  }
  return first
}

function takesAll(wide: readonly Constraint[], narrow: readonly Constraint[]): boolean {
  return wide.every(({ key, values }) => {
    const same = narrow.find((other) => other.key === key)
    return same?.values.every((value) => values.includes(value)) === true
  })
}
