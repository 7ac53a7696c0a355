import { s } from 'firehose-iceberg-router'
import type { Source } from '../../src/select/source.ts'
import { type ColumnKind, headers, usual } from './kinds.ts'
import type { Random } from './random.ts'

/** The keys that lead to a value. */
export type Path = readonly string[]

/** A generated source, what an event needs for it, and what it is made of. */
export interface RandomSource {
  readonly source: Source
  readonly reads: readonly { readonly path: Path; readonly value: (random: Random) => unknown }[]
  readonly kinds: readonly string[]
}

const KEYS = [
  'id',
  'mail',
  'open',
  'tags',
  'value',
  'messageId',
  'a b',
  'x.y',
  'é',
  '😀',
  '"',
  '\\',
  'constructor',
  'key_of_seventeen_',
  'to',
  '0',
  'length',
]

const NAMES = ['From', 'To', 'X-Id', 'é-K']

/**
 * How a router is generated: with anything that can be declared, or tame, with fitting sources only, so that most of its
 * records are delivered by the compiled engine.
 */
export type Mood = 'wild' | 'tame'

/** Makes a path of one to three keys, sometimes through a list. Tame paths seldom overlap. */
function randomPath(random: Random, mood: Mood): Path {
  if (mood === 'tame')
    return [...Array.from({ length: random.below(3) }, () => random.pick(KEYS)), `key_${random.below(400)}`]
  const keys = Array.from({ length: 1 + random.below(3) }, () => random.pick(KEYS))
  return random.once(8) ? [...keys, String(random.below(3)), ...(random.once(2) ? [random.pick(KEYS)] : [])] : keys
}

/** Writes a path as a string if possible, as most users do. */
function toSource(keys: Path): Source {
  return keys.some((key) => key.includes('.')) ? s.path(...keys) : keys.join('.')
}

/** Generates a source for a column: most read values that the column accepts. */
export function randomSource(kind: ColumnKind, random: Random, mood: Mood): RandomSource {
  const fitting = MAKERS.filter(({ takes, tame = takes }) => {
    const kinds = mood === 'tame' ? tame : takes
    return kinds === undefined || kinds.includes(kind.name)
  })
  return random.pick(fitting).make(kind, random, mood)
}

interface Maker {
  /** The kinds of columns that it is for; by default all. */
  readonly takes?: readonly string[]
  /** The kinds whose values fit. */
  readonly tame?: readonly string[]
  readonly make: (kind: ColumnKind, random: Random, mood: Mood) => RandomSource
}

function fromPath({ values }: ColumnKind, random: Random, mood: Mood): RandomSource {
  const keys = randomPath(random, mood)
  return { source: toSource(keys), reads: [{ path: keys, value: (chance) => usual(values, chance) }], kinds: ['path'] }
}

function fromElement(_: ColumnKind, random: Random, mood: Mood): RandomSource {
  const keys = randomPath(random, mood)
  const equals = random.pick(NAMES)
  const options = { key: 'name', equals, take: random.pick(['value', 'value', 'name']) }
  const ignoreCase = random.once(2) ? { ignoreCase: true } : {}
  const last = random.once(2) ? { last: random.once(2) } : {}
  const source = s.element(toSource(keys), { ...options, ...ignoreCase, ...last })
  return { source, reads: [{ path: keys, value: (chance) => headers(chance, NAMES) }], kinds: ['element'] }
}

function fromSeveral(kind: ColumnKind, random: Random, mood: Mood): RandomSource {
  const all = Array.from({ length: 1 + random.below(3) }, () => randomSource(kind, random, mood))
  const sources = all.map(({ source }) => source)
  return {
    source: s.firstOf(...sources),
    reads: all.flatMap(({ reads }) => reads),
    kinds: ['firstOf', ...all.flatMap(({ kinds }) => kinds)],
  }
}

function fromDefault(kind: ColumnKind, random: Random, mood: Mood): RandomSource {
  const inner = randomSource(kind, random, mood)
  const scalars = [...kind.values, ...(mood === 'wild' ? ['none'] : [])].filter(isScalar)
  return { source: s.orElse(inner.source, random.pick(scalars)), reads: inner.reads, kinds: ['orElse', ...inner.kinds] }
}

function fromList(_: ColumnKind, random: Random, mood: Mood): RandomSource {
  const keys = randomPath(random, mood)
  const value = (chance: Random): unknown =>
    chance.pick<unknown>([['a'], ['a', 'b"'], [], ['', 'é', '😀'], ['x'.repeat(70)], ['a', 1]])
  const source = random.once(2)
    ? s.joined(toSource(keys))
    : s.joined(toSource(keys), random.pick(['', ';', '"', ' é ']))
  return { source, reads: [{ path: keys, value }], kinds: ['joined'] }
}

function fromJson(_: ColumnKind, random: Random, mood: Mood): RandomSource {
  const keys = randomPath(random, mood)
  const value = (chance: Random): unknown =>
    chance.pick<unknown>([{ a: [1, 'é"\\'] }, [], 'text', 0.1, true, 12_345_678_901, { 'b c': { d: null } }])
  return { source: s.jsonText(toSource(keys)), reads: [{ path: keys, value }], kinds: ['jsonText'] }
}

function fromConstant({ values }: ColumnKind, random: Random, mood: Mood): RandomSource {
  const scalars = [...values.filter(isScalar), null, ...(mood === 'wild' ? ['text'] : [])]
  return { source: s.constant(random.pick(scalars)), reads: [], kinds: ['constant'] }
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function fromMetadata({ name }: ColumnKind, random: Random): RandomSource {
  const source = name === 'string' ? s.metadata(random.pick(['recordId', 'partitionKey'])) : s.metadata('arrivalTime')
  return { source, reads: [], kinds: ['metadata'] }
}

const plainPath: Maker = { make: fromPath }

/** One line for each combinator; one that appears twice is twice as likely. */
const MAKERS: readonly Maker[] = [
  plainPath,
  plainPath,
  plainPath,
  { make: fromSeveral },
  { make: fromDefault },
  { make: fromConstant },
  { make: fromElement, takes: ['string', 'json'], tame: ['string'] },
  { make: fromElement, takes: ['string'] },
  { make: fromList, takes: ['string'] },
  { make: fromList, takes: ['string'] },
  { make: fromJson, takes: ['string', 'json'], tame: ['string'] },
  {
    make: fromMetadata,
    takes: ['string', 'timestamp', 'timestamptz', 'timestamp as iso', 'date'],
    tame: ['string', 'timestamp', 'timestamptz'],
  },
]

/** Sets the value at a path; keys that are indexes sometimes make lists. */
export function setAt(object: { [key: string]: unknown }, [first = '', ...rest]: Path, value: unknown): void {
  // A list has only elements.
  if (Array.isArray(object) && !/^\d$/.test(first)) return
  if (rest.length === 0) {
    object[first] = value
    return
  }
  const old = object[first]
  const isHolder = Object.hasOwn(object, first) && typeof old === 'object' && old !== null
  const inner = (isHolder ? old : /^\d$/.test(rest[0] ?? '') ? [] : {}) as { [key: string]: unknown }
  if (!isHolder) object[first] = inner
  // A hole in a list prints as null.
  setAt(inner, rest, value)
}
