import * as fc from 'fast-check'
import type { LeafValue, StoredValue } from '../../../src/local/warehouse/types.ts'
import type { PathSegment } from '../../../src/path.ts'
import { type Column, nullable } from '../../../src/table/column.ts'
import { binary, fixed } from '../../../src/table/types/binary.ts'
import { boolean } from '../../../src/table/types/boolean.ts'
import { date } from '../../../src/table/types/date.ts'
import { decimal } from '../../../src/table/types/decimal.ts'
import { double } from '../../../src/table/types/double.ts'
import { float } from '../../../src/table/types/float.ts'
import { int } from '../../../src/table/types/int.ts'
import { json } from '../../../src/table/types/json.ts'
import { list } from '../../../src/table/types/list.ts'
import { long } from '../../../src/table/types/long.ts'
import { map } from '../../../src/table/types/map.ts'
import { string } from '../../../src/table/types/string.ts'
import { struct } from '../../../src/table/types/struct.ts'
import { time } from '../../../src/table/types/time.ts'
import { timestamp, timestamptz } from '../../../src/table/types/timestamp.ts'
import { uuid } from '../../../src/table/types/uuid.ts'

/** A value as a transform returns it, and the value that must be stored for it. */
export interface Sample {
  readonly input: unknown
  readonly stored: StoredValue
}

/** An invalid value, and the path of its issue from the column. */
export interface Mistake {
  readonly input: unknown
  readonly path: readonly PathSegment[]
}

/** A column with valid and invalid values. */
export interface Kind {
  readonly column: Column
  readonly samples: fc.Arbitrary<Sample>
  readonly mistakes: fc.Arbitrary<Mistake>
}

/** Still exact in a number with 999 microseconds added to a whole millisecond. */
const MAX_EXACT_MICROS = 9_007_199_254_739_999n
const mistakes = (...values: unknown[]): fc.Arbitrary<Mistake> => {
  return fc.constantFrom(...values, Symbol('no value'), () => 0).map((input) => ({ input, path: [] }))
}
const same = <Value extends LeafValue>(values: fc.Arbitrary<Value>): fc.Arbitrary<Sample> => {
  return values.map((value) => ({ input: value, stored: value }))
}

const micros = fc.bigInt({ min: -MAX_EXACT_MICROS, max: MAX_EXACT_MICROS })
const farMicros = micros.filter((value) => value >= 10n ** 14n || value <= -(10n ** 14n))
const wholeMillis = micros.map((value) => (value / 1000n) * 1000n)

/** Every form of a time: a bigint or number far from 1970, a Date, and a string with and without an offset. */
const times = fc.oneof(
  farMicros.map((value) => ({ input: value, stored: value })),
  farMicros.map((value) => ({ input: Number(value), stored: value })),
  wholeMillis.map((value) => ({ input: new Date(Number(value / 1000n)), stored: value })),
  wholeMillis.map((value) => ({ input: new Date(Number(value / 1000n)).toISOString(), stored: value })),
  fc.tuple(wholeMillis, fc.nat(999)).map(([value, rest]) => {
    const text = new Date(Number(value / 1000n)).toISOString().slice(0, -1)
    return { input: `${text}${String(rest).padStart(3, '0')}+00:00`, stored: value + BigInt(rest) }
  }),
  wholeMillis.map((value) => {
    const text = new Date(Number(value / 1000n)).toISOString().replace('T', ' ').replace('Z', '+00')
    return { input: text, stored: value }
  }),
)
const notTimes = mistakes(
  'yesterday',
  '2026-02-30T00:00:00Z',
  1_760_000_000_123,
  1_760_000_000,
  new Date('x'),
  true,
  {},
  1e17,
)

const daysSince1970 = fc.integer({ min: -719_162, max: 2_932_896 })
const bytes = (length?: number): fc.Arbitrary<Sample> => {
  return same(fc.uint8Array(length === undefined ? { maxLength: 40 } : { minLength: length, maxLength: length }))
}

function decimals(precision: number, scale: number): fc.Arbitrary<Sample> {
  const max = 10n ** BigInt(precision) - 1n
  const unscaled = fc.oneof(fc.bigInt({ min: -max, max }), fc.constantFrom(max, -max, 0n, 1n, -1n))
  return unscaled.chain((value) => {
    const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0')
    const point = digits.length - scale
    const text = `${value < 0n ? '-' : ''}${digits.slice(0, point)}${scale === 0 ? '' : `.${digits.slice(point)}`}`
    const inputs: unknown[] = [text, `${text}${scale === 0 ? '.0' : '0'}`]
    // A number prints its first 15 digits as they were.
    if (digits.replace(/^0+/, '').length <= 15) inputs.push(Number(text))
    if (scale === 0) inputs.push(value)
    return fc.constantFrom(...inputs).map((input) => ({ input, stored: value }))
  })
}

const decimalKinds = fc.integer({ min: 1, max: 38 }).chain((precision) => {
  return fc.integer({ min: 0, max: precision }).map((scale): Kind => {
    const tooMany = `1${'0'.repeat(precision - scale)}`
    return {
      column: decimal(precision, scale),
      samples: decimals(precision, scale),
      mistakes: mistakes(tooMany, `0.${'0'.repeat(scale)}1`, '', '1e3', 'NaN', Number.NaN, '1,5', {}, ' 1', '0x1'),
    }
  })
})

const LEAVES: { readonly [type: string]: fc.Arbitrary<Kind> } = {
  boolean: fc.constant({ column: boolean(), samples: same(fc.boolean()), mistakes: mistakes('true', 0, {}, []) }),
  int: fc.constant({
    column: int(),
    samples: same(fc.integer()),
    mistakes: mistakes(2 ** 31, 0.5, '1', 5n, Number.NaN, {}),
  }),
  long: fc.constant({
    column: long(),
    samples: fc.oneof(
      same(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
      fc.maxSafeInteger().map((value) => ({ input: value, stored: BigInt(value) })),
    ),
    mistakes: mistakes(2n ** 63n, -(2n ** 63n) - 1n, 2 ** 53, 0.5, '1', {}),
  }),
  float: fc.constant({
    column: float(),
    samples: fc
      .oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0.1, 3.4028235e38, 16777217))
      .map((value) => ({ input: value, stored: Math.fround(value) })),
    mistakes: mistakes(1e39, 1e-60, Number.NaN, Number.POSITIVE_INFINITY, '1', {}),
  }),
  double: fc.constant({
    column: double(),
    samples: same(fc.double({ noNaN: true, noDefaultInfinity: true })),
    mistakes: mistakes(Number.NaN, Number.NEGATIVE_INFINITY, '1', {}),
  }),
  decimal: decimalKinds,
  date: fc.constant({
    column: date(),
    samples: fc.tuple(daysSince1970, fc.boolean()).map(([days, asText]) => {
      const day = new Date(days * 86_400_000)
      return { input: asText ? day.toISOString().slice(0, 10) : day, stored: days }
    }),
    mistakes: mistakes('2026-02-29', '2026-1-1', '0000-12-31', new Date('0000-12-31'), 20_000, new Date('x'), {}),
  }),
  time: fc.constantFrom('micros', 'iso').map(
    (as): Kind => ({
      column: time({ as: as as 'iso' }),
      samples: fc
        .tuple(fc.integer({ min: 0, max: 86_399_999_999 }), fc.constantFrom('number', 'bigint', 'text'))
        .map(([value, form]) => {
          const text = `${new Date(Math.floor(value / 1000)).toISOString().slice(11, 23)}${String(value % 1000).padStart(3, '0')}`
          return { input: form === 'number' ? value : form === 'bigint' ? BigInt(value) : text, stored: BigInt(value) }
        }),
      mistakes: mistakes('24:00', '1:00', '12:60', -1, 86_400_000_000, 0.5, new Date(0), {}),
    }),
  ),
  timestamp: fc.constantFrom('micros', 'iso').map((as): Kind => {
    return { column: timestamp({ as: as as 'iso' }), samples: times, mistakes: notTimes }
  }),
  timestamptz: fc.constantFrom('micros', 'iso').map((as): Kind => {
    return { column: timestamptz({ as: as as 'iso' }), samples: times, mistakes: notTimes }
  }),
  string: fc.constant({
    column: string(),
    samples: fc.string({ unit: 'binary', maxLength: 30 }).map((value) => ({ input: value, stored: value })),
    mistakes: mistakes(1, 1n, true, {}, ['a']),
  }),
  json: fc.constant({
    column: json(),
    samples: fc.oneof(
      fc
        .jsonValue()
        .filter((value) => value !== null)
        .map((value) => ({ input: value, stored: JSON.stringify(value) })),
      fc.bigInt().map((value) => ({ input: { n: [value] }, stored: `{"n":[${value}]}` })),
    ),
    mistakes: mistakes(),
  }),
  uuid: fc.constant({
    column: uuid(),
    samples: fc.tuple(fc.uuid(), fc.boolean()).map(([value, upper]) => {
      return { input: upper ? value.toUpperCase() : value, stored: value }
    }),
    mistakes: mistakes('', '123e4567e89b12d3a456426614174000', '123e4567-e89b-12d3-a456-42661417400g', 1, {}),
  }),
  binary: fc.constantFrom('base64', 'hex').map((as): Kind => {
    return { column: binary({ as: as as 'hex' }), samples: bytes(), mistakes: mistakes('AA==', [1], 1, {}) }
  }),
  fixed: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom('base64', 'hex')).map(
    ([length, as]): Kind => ({
      column: fixed(length, { as: as as 'hex' }),
      samples: bytes(length),
      mistakes: mistakes(new Uint8Array(length + 1), new Uint8Array(0), 'AA==', {}),
    }),
  ),
}

/** A column of every leaf type, by name. */
export const leafKinds: typeof LEAVES = LEAVES

const keyKinds = fc.oneof(
  ...Object.entries(LEAVES)
    .filter(([name]) => name !== 'json')
    .map(([, kind]) => kind),
)

/** Any column: of any type, nullable or not, nested up to `depth`. */
export function anyKind(depth = 2): fc.Arbitrary<Kind> {
  const leaf = fc.oneof(...Object.values(LEAVES))
  const kind = depth === 0 ? leaf : fc.oneof({ weight: 2, arbitrary: leaf }, nestedKind(depth - 1))
  return fc.tuple(kind, fc.boolean()).map(([inner, isNullable]) => (isNullable ? orNull(inner) : inner))
}

/** A list, a map or a struct. */
export function nestedKind(depth: number): fc.Arbitrary<Kind> {
  const inner = anyKind(depth)
  return fc.oneof(
    inner.map(listKind),
    fc.tuple(keyKinds, inner).map(([key, value]) => mapKind(key, value)),
    fc.dictionary(fc.stringMatching(/^[a-z_][a-z0-9_]{0,6}$/), inner, { minKeys: 1, maxKeys: 3 }).map(structKind),
  )
}

function orNull({ column, samples, mistakes }: Kind): Kind {
  return {
    column: nullable(column),
    samples: fc.option(samples, { freq: 4 }).map((sample) => sample ?? { input: null, stored: null }),
    mistakes,
  }
}

function listKind({ column, samples, mistakes: inner }: Kind): Kind {
  return {
    column: list(column),
    samples: fc.array(samples, { maxLength: 4 }).map((all) => {
      return { input: all.map(({ input }) => input), stored: all.map(({ stored }) => stored) }
    }),
    mistakes: fc.oneof(
      mistakes({}, 'text', 1),
      fc.tuple(fc.array(samples, { maxLength: 3 }), inner).map(([good, bad]) => {
        return { input: [...good.map(({ input }) => input), bad.input], path: [good.length, ...bad.path] }
      }),
    ),
  }
}

function mapKind(key: Kind, value: Kind): Kind {
  const entries = fc.uniqueArray(fc.tuple(key.samples, value.samples), {
    maxLength: 4,
    selector: ([{ stored }]) => String(stored === 0 ? 0 : stored),
  })
  return {
    column: map(key.column, value.column),
    samples: entries.map((all) => ({
      input: new Map(all.map(([{ input: name }, { input }]) => [name, input])),
      stored: new Map(all.map(([{ stored: name }, { stored }]) => [name, stored])),
    })),
    mistakes: fc.oneof(
      mistakes([], 'text', 1),
      fc
        .tuple(key.mistakes, value.samples)
        .map(([bad, good]) => ({ input: new Map([[bad.input, good.input]]), path: ['*'] })),
      fc.tuple(key.samples, value.mistakes).map(([good, bad]) => {
        return { input: new Map([[good.input, bad.input]]), path: ['*', ...bad.path] }
      }),
    ),
  }
}

function structKind(fields: { readonly [name: string]: Kind }): Kind {
  const names = Object.keys(fields)
  const columns = Object.fromEntries(names.map((name) => [name, fields[name]?.column])) as Record<string, Column>
  const samples = fc.record(
    Object.fromEntries(names.map((name) => [name, fields[name]?.samples ?? fc.constant(NOTHING)])),
  )
  const one = fc.constantFrom(...names).chain((name) => {
    return (fields[name]?.mistakes ?? mistakes()).map((bad) => ({ name, bad }))
  })
  const project = (all: Record<string, Sample>, part: 'input' | 'stored'): Record<string, unknown> => {
    return Object.fromEntries(Object.entries(all).map(([name, sample]) => [name, sample[part]]))
  }
  return {
    column: struct(columns),
    samples: samples.map((all) => ({ input: project(all, 'input'), stored: project(all, 'stored') as StoredValue })),
    mistakes: fc.oneof(
      mistakes([], 'text', 1),
      samples.map((all) => ({ input: { ...project(all, 'input'), unknown_field: 1 }, path: ['unknown_field'] })),
      fc.tuple(samples, one).map(([all, { name, bad }]) => {
        return { input: { ...project(all, 'input'), [name]: bad.input }, path: [name, ...bad.path] }
      }),
    ),
  }
}

const NOTHING: Sample = { input: null, stored: null }
