import type { JsonObject } from '../firehose/decode.ts'
import type { CompiledMatcher } from './matcher.ts'
import { type Constraint, createReader, type Literal, type Reader } from './pattern.ts'

/** Finds the first of the routes that may take an event, in the order written. Those left out cannot match it. */
export type Dispatch<Route> = (event: JsonObject) => Candidate<Route> | undefined

/** A route that may take an event, and the one to ask after it: a chain, because most have one link, which is all to read. */
export interface Candidate<Route> {
  readonly route: Route
  /** The look-up was all that its pattern asks for: it need not be tried. */
  readonly decided: boolean
  readonly next: Candidate<Route> | undefined
}

/** Something with a matcher: a route. */
export interface Dispatchable {
  readonly matcher: CompiledMatcher
}

/** Routes that all look at the same field: one look-up instead of a comparison each. */
interface Group<Route> {
  readonly read: Reader
  readonly byValue: ReadonlyMap<unknown, readonly Indexed<Route>[]>
}

interface Indexed<Route> extends Omit<Candidate<Route>, 'next'> {
  readonly index: number
}

const NONE: readonly never[] = []

/**
 * Compiles the choice of candidates. Every pattern is filed under one of its fields, the one most patterns share, so that
 * a record costs a look-up for each such field (one, as a rule) however many routes there are. Predicates and schemas
 * are candidates for every event. The order stays as if the routes were tried one by one.
 */
export function compileDispatch<Route extends Dispatchable>(routes: readonly Route[]): Dispatch<Route> {
  const indexed = routes.map((route, index) => {
    return { index, route, decided: route.matcher.constraints.length === 1 }
  })
  const always = indexed.filter(({ route }) => route.matcher.constraints.length === 0)
  const groups = [...groupByField(indexed)].map(([path, members]) => createGroup(path, members))
  const [only, ...others] = groups
  if (only === undefined) {
    const all = chain(indexed)
    return () => all
  }
  return others.length === 0 ? dispatchOne(only, always) : dispatchMany(groups, always)
}

/** Files every pattern under the field that most of the patterns share. */
function groupByField<Route extends Dispatchable>(routes: readonly Indexed<Route>[]): Map<string, Indexed<Route>[]> {
  const counts = new Map<string, number>()
  for (const { route } of routes) {
    for (const { path } of route.matcher.constraints) counts.set(pathKey(path), (counts.get(pathKey(path)) ?? 0) + 1)
  }
  const groups = new Map<string, Indexed<Route>[]>()
  for (const entry of routes) {
    const keys = entry.route.matcher.constraints.map(({ path }) => pathKey(path))
    const [best] = keys.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
    if (best !== undefined) groups.set(best, [...(groups.get(best) ?? []), entry])
  }
  return groups
}

function createGroup<Route extends Dispatchable>(key: string, members: readonly Indexed<Route>[]): Group<Route> {
  const byValue = new Map<Literal, Indexed<Route>[]>()
  for (const member of members) {
    const constraint = member.route.matcher.constraints.find(({ path }) => pathKey(path) === key)
    for (const value of new Set(constraint?.values)) byValue.set(value, [...(byValue.get(value) ?? []), member])
  }
  return { read: createReader(JSON.parse(key) as string[]), byValue }
}

/** The common case: the lists are merged when the router is built, so that an event only picks one. */
function dispatchOne<Route>({ read, byValue }: Group<Route>, always: readonly Indexed<Route>[]): Dispatch<Route> {
  const merged = new Map([...byValue].map(([value, members]) => [value, chain([...members, ...always])]))
  const fallback = chain(always)
  return (event) => merged.get(read(event)) ?? fallback
}

function dispatchMany<Route>(groups: readonly Group<Route>[], always: readonly Indexed<Route>[]): Dispatch<Route> {
  return (event) => chain([...always, ...groups.flatMap(({ read, byValue }) => byValue.get(read(event)) ?? NONE)])
}

function chain<Route>(routes: readonly Indexed<Route>[]): Candidate<Route> | undefined {
  const sorted = routes.toSorted((a, b) => a.index - b.index)
  return sorted.reduceRight<Candidate<Route> | undefined>(
    (next, { route, decided }) => ({ route, decided, next }),
    undefined,
  )
}

/** A path as the key of a map; joining with dots would confuse `a.b` with `a` → `b`. */
export function pathKey(path: Constraint['path']): string {
  return JSON.stringify(path)
}
