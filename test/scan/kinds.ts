import { type Column, t } from 'firehose-iceberg-router'
import type { Random } from './random.ts'

/** A kind of column: its declaration, and values of events that it accepts. */
export interface ColumnKind {
  readonly name: string
  /** Declares the column; without a default if none is given. */
  readonly column: (options: { default?: never }) => Column
  readonly defaults: readonly unknown[]
  readonly values: readonly [unknown, ...unknown[]]
}

/** The options of any column: here, one type for all, because each column type has its own. */
const kind = (
  name: string,
  column: (options: { default?: never }) => Column,
  values: readonly [unknown, ...unknown[]],
  defaults: readonly unknown[] = [],
): ColumnKind => ({ name, column, values, defaults })

const TIMES = [
  '2026-01-12T08:15:02.645Z',
  '1969-12-31T23:59:59.999Z',
  '2024-02-29T00:00:00.000001Z',
  1_768_205_702_645_000,
]
const ZONED = [
  '2026-01-12T08:15:02.645Z',
  '2024-02-29T00:00:00.000Z',
  '2026-01-12T08:15:02.645+09:30',
  '2026-01-12 08:15:02.645123+00',
  '2026-01-12t08:15-05',
  '2026-01-12t08:15:02z',
  ...TIMES,
] as const
const STRINGS = ['send', 'some text', '', 'é"\\\n', '😀', 'x'.repeat(15), 'x'.repeat(64), '\u2028', '\u0000'] as const
const UUID = '123E4567-e89b-12d3-a456-426614174000'

/** Every column type, one line each. */
export const COLUMN_KINDS: readonly [ColumnKind, ...ColumnKind[]] = [
  kind('string', t.string, STRINGS, ['', 'none']),
  kind('boolean', t.boolean, [true, false], [true]),
  kind('int', t.int, [0, -1, 2_147_483_647, -2_147_483_648], [0]),
  kind('long', t.long, [0, -5, 9_007_199_254_740_991, 1_768_205_702_645], [7]),
  kind('float', t.float, [0.5, -2, 0, 3.5e37, 0.1], [0.5]),
  kind('double', t.double, [1.5, -0.25, 0, 100, 123_456.789, -1e-7, 1e21, 5e-324], [1.5]),
  kind('decimal', (options) => t.decimal(12, 3, options), ['12.5', 0.125, -7, '-0.001'], ['1.5']),
  kind('date', t.date, ['2026-01-12', '2024-02-29'], ['2026-01-01']),
  kind('time', t.time, ['18:56:15.096', '00:00:00', 68_175_096_000], ['12:00:00']),
  kind('time as iso', (options) => t.time({ ...options, as: 'iso' }), ['18:56:15.096', 1]),
  kind('timestamp', t.timestamp, [...ZONED, '2026-01-12 08:15'], ['2026-01-12T08:15:02.645Z']),
  kind('timestamp as iso', (options) => t.timestamp({ ...options, as: 'iso' }), ZONED),
  kind('timestamp of seconds', (options) => t.timestamp({ ...options, unit: 'seconds' }), [
    ...ZONED,
    1_768_205_702,
    0.5,
  ]),
  kind('timestamptz of millis', (options) => t.timestamptz({ ...options, unit: 'millis' }), [
    ...ZONED,
    1_768_205_702_645,
  ]),
  kind('timestamp of micros', (options) => t.timestamp({ ...options, unit: 'micros' }), [
    ...ZONED,
    0,
    -62_208_000_000_000,
  ]),
  kind('timestamptz', t.timestamptz, ZONED, ['2026-01-12T08:15:02.645Z']),
  kind('timestamptz as iso', (options) => t.timestamptz({ ...options, as: 'iso' }), ZONED),
  kind('uuid', t.uuid, [UUID, UUID.toLowerCase()], [UUID]),
  kind(
    'json',
    t.json,
    [
      { a: [1, { b: null }] },
      'text',
      [],
      { 'b"': 1 },
      0.5,
      false,
      { e: 12, f: 'é' },
      { c: [] },
      { e: 1e21, f: '\u007f\n' },
    ],
    [{ a: 1 }],
  ),
  kind('binary', t.binary, ['bm90IGJ5dGVz']),
  kind('fixed', (options) => t.fixed(2, options), ['AAA=']),
  kind('list', (options) => t.list(t.nullable(t.string()), options), [['a', null], []], [[]]),
  kind('map', (options) => t.map(t.string(), t.long(), options), [{ b: 1, a: 2 }, {}]),
  kind('struct', (options) => t.struct({ x: t.int(), y: t.nullable(t.string()) }, options), [
    { x: 1, y: 'a' },
    { x: 2 },
  ]),
]

const OWN = ['time as iso', 'timestamp as iso', 'timestamptz as iso', 'binary', 'fixed', 'list', 'map', 'struct']

/** The kinds that both engines write: a value becomes one cell, with nothing nested inside. */
export const LEAF_KINDS: readonly ColumnKind[] = COLUMN_KINDS.filter(({ name }) => !OWN.includes(name))

/** Picks a value, most often one of the first two, which real events have. */
export function usual(values: readonly unknown[], random: Random): unknown {
  return random.once(6) ? random.pick(values) : random.pick(values.slice(0, 2))
}

/** Headers of a mail, for sources that search for one. */
export function headers(random: Random, names: readonly string[]): object[] {
  return Array.from({ length: random.below(6) }, () => {
    const name = random.pick([...names, 'Subject', 'X-Long-Name-Of-A-Header'])
    const shown = random.pick([name, name.toLowerCase(), name.toUpperCase()])
    const value = random.pick(['a@example.com', '', null, 'é"', 5, ['x']])
    return random.pick<object>([
      { name: shown, value },
      { value, name: shown },
      { name: shown },
      { name: shown, value, more: { name } },
    ])
  })
}
