import type { JsonObject } from '../firehose/decode.ts'
import type { Group, IndexedRoute, RouteIndex } from './route-index.ts'
import { compileStringMap } from './string-map.ts'

/** Finds the first route, in the order written, that may match an event. Routes that are left out cannot match it. */
export type Dispatch<Route> = (event: JsonObject) => Candidate<Route> | undefined

/** A route that may match an event, and the next one to try. A linked list, because most events have one candidate only. */
export interface Candidate<Route> extends Omit<IndexedRoute<Route>, 'index'> {
  readonly next: Candidate<Route> | undefined
}

const NONE: readonly never[] = []

/**
 * Compiles the choice of candidates: a record costs one look-up for each field that routes are indexed by (usually one),
 * however many routes there are. Predicates and schemas are candidates for every event. The order is the same as if the
 * routes were tried one by one.
 */
export function compileDispatch<Route>({ groups, always }: RouteIndex<Route>): Dispatch<Route> {
  const [only, ...others] = groups.values()
  if (only !== undefined && others.length > 0) return dispatchMany([only, ...others], always)
  const fallback = chain(always)
  return only === undefined ? () => fallback : dispatchOne(only, always, fallback)
}

/** The common case: the lists are merged when the router is built, so that an event only picks one. */
function dispatchOne<Route>(
  { read, byValue }: Group<Route>,
  always: readonly IndexedRoute<Route>[],
  fallback: Candidate<Route> | undefined,
): Dispatch<Route> {
  const merged = new Map<unknown, Candidate<Route> | undefined>()
  for (const [value, indexed] of byValue) merged.set(value, chain([...indexed, ...always]))
  const lookUp = compileStringMap(merged)
  return (event) => lookUp(read(event)) ?? fallback
}

function dispatchMany<Route>(groups: readonly Group<Route>[], always: readonly IndexedRoute<Route>[]): Dispatch<Route> {
  return (event) => chain([...always, ...groups.flatMap(({ read, byValue }) => byValue.get(read(event)) ?? NONE)])
}

function chain<Route>(routes: readonly IndexedRoute<Route>[]): Candidate<Route> | undefined {
  let next: Candidate<Route> | undefined
  for (const { route, isExact } of routes.toSorted((a, b) => b.index - a.index)) next = { route, isExact, next }
  return next
}
