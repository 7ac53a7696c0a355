import { type Column, defineTable, select, type Table, t } from 'firehose-iceberg-router'
import type { RouteDefinition } from '../../src/router/model.ts'
import type { Source } from '../../src/select/source.ts'
import { type Base, baseOf } from './base.ts'
import { COLUMN_KINDS, type ColumnKind, LEAF_KINDS } from './kinds.ts'
import { createRandom, type Random } from './random.ts'
import { type Mood, type Path, randomSource, setAt } from './sources.ts'

/** A generated router of select routes, and valid events for each of its routes. */
export interface RandomRouter {
  readonly routes: readonly RouteDefinition[]
  readonly ending: RouteDefinition['route']
  readonly bases: readonly Base[]
  /** What it is made of, for tests that check the coverage. */
  readonly kinds: readonly string[]
}

interface MadeRoute {
  readonly route: RouteDefinition['route']
  /** A fitting value for each path that its sources read. */
  readonly reads: readonly { readonly path: Path; readonly value: (random: Random) => unknown }[]
  readonly kinds: readonly string[]
}

const STRINGS = [
  'Send',
  'Open',
  'Click',
  'com.example.mail.type-1',
  'com.example.mail.type-2',
  'é',
  '',
  '0123456789abcdef',
  'send',
  'com.example.mail.type-3',
]
const TYPES = [...STRINGS.slice(0, 6), 'Send ', '"\\', 1, true, null]

/** Generates a router; the same seed gives the same router. Two of three are tame. */
export function randomRouter(seed: number): RandomRouter {
  const random = createRandom(seed)
  const mood: Mood = random.once(3) ? 'wild' : 'tame'
  const discriminant = random.pick([['eventType'], ['eventType'], ['meta', 'kind'], ['a b', 'é'], ['detail-type']])
  const types = shuffled(mood === 'wild' ? TYPES : STRINGS, random)
  const made = Array.from({ length: 1 + random.below(5) }, (_, index) => makeRoute(`t${index}`, random, mood))
  const matchers = made.map((_, index) =>
    toMatcher(discriminant, [types[2 * index], types[2 * index + 1]], random, mood),
  )
  const last = random.once(2)
    ? makeRoute('rest', random, mood)
    : { route: random.pick(['fail', 'drop'] as const), reads: [], kinds: [] }
  const routes = made.map(({ route }, index): RouteDefinition => ({ matcher: matchers[index]?.pattern, route }))
  const bases = [...made, last].flatMap((one, index) => {
    const type = matchers[index]?.types ?? ['something else', undefined]
    return type.map((value) =>
      baseOf(eventFor(one, discriminant, value, random), [discriminant, ...one.reads.map(({ path }) => path)]),
    )
  })
  return { routes, ending: last.route, bases, kinds: [...made, last].flatMap(({ kinds }) => kinds) }
}

function toMatcher(
  path: Path,
  [one, other]: readonly unknown[],
  random: Random,
  mood: Mood,
): { pattern: unknown; types: readonly unknown[] } {
  const types = random.once(3) && other !== undefined ? [one, other] : [one]
  const value: unknown = types.length === 1 ? one : types
  const pattern: { [key: string]: unknown } = {}
  setAt(pattern, path, value)
  // A second comparison, which events may not match.
  if (mood === 'wild' && random.once(8)) pattern['live'] = true
  return { pattern, types }
}

function makeRoute(name: string, random: Random, mood: Mood): MadeRoute {
  if (random.once(12)) return { route: random.pick(['fail', 'drop'] as const), reads: [], kinds: ['ending'] }
  const columns: { [name: string]: Column } = {}
  const selection: { [name: string]: Source } = {}
  const reads: MadeRoute['reads'][number][] = []
  const kinds: string[] = []
  for (let index = random.below(8); index >= 0; index--) {
    const kind = random.pick(mood === 'wild' ? COLUMN_KINDS : LEAF_KINDS)
    const column = makeColumn(kind, random, mood)
    const key = random.pick([`c${index}`, `column_with_a_long_name_${index}`])
    columns[key] = column
    kinds.push(
      kind.name,
      ...(column.nullable ? ['nullable'] : []),
      ...(column.default === undefined ? [] : ['default']),
    )
    if (column.default !== undefined && random.once(3)) kinds.push('no source')
    else {
      const source = randomSource(kind, random, mood)
      selection[key] = source.source
      reads.push(...source.reads)
      kinds.push(...source.kinds)
    }
  }
  const { table, operation } = toTable(name, columns, random, mood)
  return {
    route: { table, transform: select(selection), ...(operation === 'insert' && random.once(2) ? {} : { operation }) },
    reads,
    kinds: [...kinds, operation],
  }
}

/** Declares a table, with unique keys if a column can be one. */
function toTable(
  name: string,
  columns: { [name: string]: Column },
  random: Random,
  mood: Mood,
): { table: Table; operation: string } {
  const unknownColumns = random.pick(['refuse', 'strip'] as const)
  const key = Object.keys(columns).find((one) => columns[one]?.nullable === false && columns[one]?.type.canBeKey)
  if (key === undefined || random.once(2))
    return { table: defineTable({ name, columns, unknownColumns }), operation: 'insert' }
  const table: Table = defineTable({ name, columns, unknownColumns, uniqueKeys: [key] })
  return { table, operation: random.pick(mood === 'wild' ? ['insert', 'update', 'delete'] : ['insert', 'update']) }
}

function makeColumn({ column, defaults }: ColumnKind, random: Random, mood: Mood): Column {
  const value = defaults.length > 0 && random.once(4) ? { default: random.pick(defaults) } : {}
  const made = column(value as { default?: never })
  return random.once(2) || (mood === 'tame' && random.once(2)) ? t.nullable(made) : made
}

/** Makes an event for a route: the values that it reads, and many others. */
function eventFor({ reads }: MadeRoute, discriminant: Path, type: unknown, random: Random): object {
  const event: { [key: string]: unknown } = {}
  for (let left = random.below(4); left > 0; left--)
    event[`noise${left}`] = random.pick([null, [1, [2]], { 'a"': 'b' }, 'x'.repeat(random.below(80)), -12.5])
  if (random.once(2)) setAt(event, discriminant, type)
  for (const { path, value } of reads) if (!random.once(12)) setAt(event, path, structuredClone(value(random)))
  if (!random.once(10)) event['live'] = true
  setAt(event, discriminant, type)
  return event
}

function shuffled<Value>(values: readonly Value[], random: Random): Value[] {
  return values
    .map((value) => ({ value, order: random.below(2 ** 30) }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value)
}
