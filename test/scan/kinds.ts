import {
  binary,
  boolean,
  type Column,
  date,
  decimal,
  double,
  fixed,
  float,
  int,
  json,
  list,
  long,
  map,
  nullable,
  string,
  struct,
  time,
  timestamp,
  timestamptz,
  uuid,
} from 'firehose-iceberg-router'
import type { Random } from './random.ts'

/** A kind of column: how it is declared, and values of events that it takes. */
export interface ColumnKind {
  readonly name: string
  /** Without a default where there is none to give. */
  readonly column: (options: { default?: never }) => Column
  readonly defaults: readonly unknown[]
  readonly values: readonly [unknown, ...unknown[]]
}

/** Any column takes the options of every other here; its own types would be another for each. */
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
const ZONED = ['2026-01-12T08:15:02.645+09:30', ...TIMES] as const
const TEXTS = ['', 'a', 'send', 'é"\\\n', '😀', 'x'.repeat(15), 'x'.repeat(64), '\u2028', '\u0000'] as const
const UUID = '123E4567-e89b-12d3-a456-426614174000'

/** Every type that a column may have, one line each. */
export const COLUMN_KINDS: readonly [ColumnKind, ...ColumnKind[]] = [
  kind('string', string, TEXTS, ['', 'none']),
  kind('boolean', boolean, [true, false], [true]),
  kind('int', int, [0, -1, 2_147_483_647, -2_147_483_648], [0]),
  kind('long', long, [0, -5, 9_007_199_254_740_991, 1_768_205_702_645], [7]),
  kind('float', float, [0, -0.5, 3.5e38 / 10, 0.1], [0.5]),
  kind('double', double, [0, 1.5, -1e-7, 1e21, 123_456.789, 5e-324], [1.5]),
  kind('decimal', (options) => decimal(12, 3, options), ['12.5', 0.125, -7, '-0.001'], ['1.5']),
  kind('date', date, ['2026-01-12', '2024-02-29'], ['2026-01-01']),
  kind('time', time, ['18:56:15.096', '00:00:00', 68_175_096_000], ['12:00:00']),
  kind('time as iso', (options) => time({ ...options, as: 'iso' }), ['18:56:15.096', 1]),
  kind('timestamp', timestamp, [...ZONED, '2026-01-12 08:15'], ['2026-01-12T08:15:02.645Z']),
  kind('timestamp as iso', (options) => timestamp({ ...options, as: 'iso' }), ZONED),
  kind('timestamptz', timestamptz, ZONED, ['2026-01-12T08:15:02.645Z']),
  kind('timestamptz as iso', (options) => timestamptz({ ...options, as: 'iso' }), ZONED),
  kind('uuid', uuid, [UUID, UUID.toLowerCase()], [UUID]),
  kind('json', json, [{ a: [1, { 'b"': null }] }, [], 'text\n', 0.1, false, { e: 1e21, f: '\u007f' }], [{ a: 1 }]),
  kind('binary', binary, ['bm90IGJ5dGVz']),
  kind('fixed', (options) => fixed(2, options), ['AAA=']),
  kind('list', (options) => list(nullable(string()), options), [['a', null], []], [[]]),
  kind('map', (options) => map(string(), long(), options), [{ b: 1, a: 2 }, {}]),
  kind('struct', (options) => struct({ x: int(), y: nullable(string()) }, options), [{ x: 1, y: 'a' }, { x: 2 }]),
]

/** Headers as mail has them, for sources that look for one. */
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
