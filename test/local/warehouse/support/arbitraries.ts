import fc from 'fast-check'

const MIN_LONG = -(2n ** 63n)
const MAX_LONG = 2n ** 63n - 1n
/** Where microseconds are exact in a JSON number: 1684 to 2255. */
const EXACT_TIME = { min: new Date('1685-01-01T00:00:00Z'), max: new Date('2255-01-01T00:00:00Z'), noInvalidDate: true }
const ANY_DAY = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }

const label = fc.string({ unit: 'binary', maxLength: 40 })
const day = fc.date(ANY_DAY).map((date) => date.toISOString().slice(0, 10))
const time = fc.oneof(
  fc.date(EXACT_TIME),
  fc.date(EXACT_TIME).map((date) => date.toISOString()),
  fc.bigInt({ min: 10n ** 14n, max: 9n * 10n ** 15n }),
  fc.integer({ min: -9e15, max: -1e14 }),
)
const big = fc.oneof(fc.bigInt({ min: MIN_LONG, max: MAX_LONG }), fc.constantFrom(MIN_LONG, MAX_LONG, 0n))
const ratio = fc.double({ noNaN: true, noDefaultInfinity: true })
const body = fc.jsonValue().filter((value) => value !== null) as fc.Arbitrary<unknown>

const types = { flag: fc.boolean(), small: fc.integer(), ratio, day, seen: time, sent: time, label, body }

/** A row of the table with every type, as a transform may return it. */
export const rowOfEveryType: fc.Arbitrary<Record<string, unknown>> = fc.record({
  id: big,
  ...types,
  maybe_flag: fc.option(types.flag),
  maybe_small: fc.option(types.small),
  maybe_big: fc.option(big),
  maybe_ratio: fc.option(ratio),
  maybe_day: fc.option(day),
  maybe_seen: fc.option(time),
  maybe_sent: fc.option(time),
  maybe_label: fc.option(label),
  maybe_body: fc.option(body),
})

/** The value that is stored for a value that a transform has returned. */
export function storedValue(column: string, value: unknown): unknown {
  if (value === null) return null
  const name = column.replace('maybe_', '')
  if (name === 'id' || name === 'big') return value
  if (name === 'body') return JSON.stringify(value)
  if (name === 'day') return Date.parse(`${value}T00:00:00Z`) / 86_400_000
  // JSON has no negative zero as `JSON.stringify` prints it.
  if (name === 'ratio') return value === 0 ? 0 : value
  if (name !== 'seen' && name !== 'sent') return value
  if (value instanceof Date) return BigInt(value.getTime()) * 1000n
  return typeof value === 'string' ? BigInt(Date.parse(value)) * 1000n : BigInt(value as bigint)
}
