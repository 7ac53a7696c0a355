import fc from 'fast-check'
import {
  type Column,
  createIcebergRouter,
  type Delivered,
  defineTable,
  type Outcome,
  s,
  select,
  t,
} from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { eventOf } from '../support/events.ts'
import { runs } from '../support/runs.ts'

/** The outcomes of a JSON value in a column: by a function and by select. */
async function outcomesOf(column: Column, json: string, source: Parameters<typeof select>[0] = { v: 'v' }) {
  const table = defineTable({ name: 'log', columns: { v: column } })
  const options = { database: 'db', onBatch: [] }
  const byFunction = createIcebergRouter(options).otherwise({ table, transform: ({ v }) => ({ v }) as never })
  const bySelect = createIcebergRouter(options).otherwise({ table, transform: select(source) as never })
  const event = eventOf([`{"v":${json}}`])
  return [(await byFunction.runBatch(event)).outcomes[0], (await bySelect.runBatch(event)).outcomes[0]]
}

const rowOf = (outcome: Outcome | undefined): string => (outcome as Delivered).row
const failureOf = (outcome: Outcome | undefined) => (outcome?.status === 'failed' ? outcome.failure : undefined)

describe('a time as a number', () => {
  it.each<[string, Column, string, string]>([
    ['seconds', t.timestamp({ unit: 'seconds' }), '1747173825', '1747173825000000'],
    ['seconds with a fraction', t.timestamp({ unit: 'seconds' }), '1747173825.423627', '1747173825423627'],
    ['seconds before 1970', t.timestamptz({ unit: 'seconds' }), '-1.5', '-1500000'],
    ['milliseconds', t.timestamp({ unit: 'millis' }), '1747173825423', '1747173825423000'],
    ['milliseconds of 1970', t.timestamp({ unit: 'millis' }), '0', '0'],
    ['microseconds', t.timestamp({ unit: 'micros' }), '1747173825423627', '1747173825423627'],
    ['the epoch itself', t.timestamp({ unit: 'micros' }), '0', '0'],
    ['microseconds of 1970', t.timestamp({ unit: 'micros' }), '14256000000000', '14256000000000'],
    ['microseconds of 1968', t.timestamp({ unit: 'micros' }), '-62208000000000', '-62208000000000'],
    ['days', t.date({ unit: 'days' }), '20589', '"2026-05-16"'],
    ['days before 1970', t.date({ unit: 'days' }), '-1', '"1969-12-31"'],
    ['seconds as ISO', t.timestamp({ unit: 'seconds', as: 'iso' }), '0.000001', '"1970-01-01T00:00:00.000001"'],
    ['milliseconds as ISO', t.timestamptz({ unit: 'millis', as: 'iso' }), '-1', '"1969-12-31T23:59:59.999000Z"'],
    ['a string, whatever the unit', t.timestamp({ unit: 'seconds' }), '"1970-01-01T00:00:01Z"', '1000000'],
    ['a date, whatever the unit', t.date({ unit: 'days' }), '"1970-01-02"', '"1970-01-02"'],
  ])('%s', async (_, column, json, expected) => {
    for (const outcome of await outcomesOf(column, json)) expect(rowOf(outcome)).toBe(`{"v":${expected}}`)
  })

  it.each<[string, Column, string, string, string]>([
    [
      'no unit',
      t.timestamp(),
      '1747173825',
      'InvalidTimestamp',
      "expected microseconds, got a number that is a time near 1970 as such; state its unit: t.timestamp({ unit: 'seconds' }), 'millis' or 'micros'",
    ],
    ['no unit, 0', t.timestamptz(), '0', 'InvalidTimestamp', 'state its unit'],
    [
      'no unit, days',
      t.date(),
      '20589',
      'WrongType',
      "expected a Date or a string like 2026-01-31, got a number; for days since 1970 use t.date({ unit: 'days' })",
    ],
    [
      'half a microsecond',
      t.timestamp({ unit: 'seconds' }),
      '0.0000005',
      'OutOfRange',
      'expected seconds that are whole in microseconds, got a smaller fraction',
    ],
    ['half a microsecond in millis', t.timestamp({ unit: 'micros' }), '0.5', 'OutOfRange', 'a smaller fraction'],
    ['half a day', t.date({ unit: 'days' }), '0.5', 'WrongType', 'expected a whole number of days since 1970'],
    ['too many days', t.date({ unit: 'days' }), '1e15', 'OutOfRange', 'expected a year from 0001 to 9999'],
    [
      'seconds beyond 2255',
      t.timestamp({ unit: 'seconds' }),
      '100000000000',
      'OutOfRange',
      "t.timestamp({ as: 'iso' }) takes the years 0001 to 9999",
    ],
    ['seconds beyond 9999', t.timestamp({ unit: 'seconds', as: 'iso' }), '1e15', 'OutOfRange', 'years 0001 to 9999'],
    [
      'a boolean',
      t.timestamp({ unit: 'seconds' }),
      'true',
      'WrongType',
      'expected a Date, an ISO 8601 string or seconds, got a boolean',
    ],
  ])('is refused with %s', async (_, column, json, code, message) => {
    for (const outcome of await outcomesOf(column, json)) {
      expect(failureOf(outcome)).toMatchObject({ code, message: expect.stringContaining(message) })
    }
  })

  it.each(['seconds', 'millis'] as const)('of stated %s is never read as microseconds', async (unit) => {
    for (const number of ['1778709825123000', '-1778709825123000', '100000000000000', '9000000000000000']) {
      for (const outcome of await outcomesOf(t.timestamp({ unit }), number)) {
        expect(failureOf(outcome)?.code).toBe('OutOfRange')
      }
      const [, bySource] = await outcomesOf(t.timestamptz(), number, { v: s.epoch('v', unit) })
      expect(failureOf(bySource)?.code).toBe('OutOfRange')
    }
  })

  it('with a fraction is the microsecond that was written', () => {
    const { encode } = t.timestamp({ unit: 'seconds' }).type
    fc.assert(
      fc.property(fc.integer({ min: -2e9, max: 4e9 }), fc.nat(999_999), (seconds, micros) => {
        const text = `${seconds}.${String(micros).padStart(6, '0')}`
        const sign = text.startsWith('-') ? -1 : 1
        const expected = BigInt(seconds) * 1_000_000n + BigInt(sign * micros)
        expect(encode(Number(text), { from: 'value', unknownFields: 'refuse' })).toBe(String(expected))
      }),
      { numRuns: runs(10_000) },
    )
  })

  it('from a bigint is exact', () => {
    const { encode } = t.timestamp({ unit: 'micros', as: 'iso' }).type
    const latest = encode(253_402_300_799_999_999n, { from: 'value', unknownFields: 'refuse' })
    expect(latest).toBe('"9999-12-31T23:59:59.999999"')
  })
})

describe('a time as ISO 8601', () => {
  it.each([
    ['2026-05-13 22:03:45.423627+00', '2026-05-13T22:03:45.423627'],
    ['2026-05-13T22:03:45.423627+00', '2026-05-13T22:03:45.423627'],
    ['2026-05-13T17:03:45-05', '2026-05-13T22:03:45.000000'],
    ['2026-05-13T22:03:45+0530', '2026-05-13T16:33:45.000000'],
    ['2026-05-13t22:03:45z', '2026-05-13T22:03:45.000000'],
    ['2026-05-13 22:03z', '2026-05-13T22:03:00.000000'],
  ])('%s is read by both engines', async (text, expected) => {
    const micros = Date.parse(`${expected.slice(0, 23)}Z`) * 1000 + Number(expected.slice(23))
    for (const column of [t.timestamp(), t.timestamptz()])
      for (const outcome of await outcomesOf(column, `"${text}"`)) expect(rowOf(outcome)).toBe(`{"v":${micros}}`)
    for (const outcome of await outcomesOf(t.timestamp({ as: 'iso' }), `"${text}"`))
      expect(rowOf(outcome)).toBe(`{"v":"${expected}"}`)
  })

  it.each([
    ['2026-05-13', 'expected an ISO 8601 date and time like 2026-01-31T09:30:00.250Z, got a date alone'],
    ['13/05/2026 22:03', 'expected an ISO 8601 date and time like 2026-01-31T09:30:00.250Z, got another form'],
    ['2026-05-13T22:03:45.1234567Z', 'expected at most 6 digits of a second, got 7'],
    ['2026-02-30T22:03:45Z', 'expected a day of the calendar, got one that does not exist'],
    ['2026-05-13T24:00:00Z', 'expected a time of day up to 23:59:59, got a later one'],
    ['2026-05-13T22:03:45+5', 'expected an ISO 8601 date and time like 2026-01-31T09:30:00.250Z, got another form'],
  ])('%s is refused with the rule that it breaks', async (text, message) => {
    for (const outcome of await outcomesOf(t.timestamp(), `"${text}"`))
      expect(failureOf(outcome)).toMatchObject({ code: 'InvalidTimestamp', message })
  })

  it.each([
    ['0001-01-01T00:00:00Z', '"0001-01-01T00:00:00.000000"'],
    ['1583-10-10T10:10:10.000001Z', '"1583-10-10T10:10:10.000001"'],
    ['9999-12-31T23:59:59.999999Z', '"9999-12-31T23:59:59.999999"'],
  ])('%s is exact as ISO, and out of range as microseconds', async (text, expected) => {
    for (const outcome of await outcomesOf(t.timestamp({ as: 'iso' }), `"${text}"`))
      expect(rowOf(outcome)).toBe(`{"v":${expected}}`)
    for (const outcome of await outcomesOf(t.timestamp(), `"${text}"`))
      expect(failureOf(outcome)?.code).toBe('OutOfRange')
  })
})

describe('s.epoch', () => {
  it.each<[Column, Parameters<typeof s.epoch>[1], string, string]>([
    [t.timestamp(), 'seconds', '1747173825.5', '1747173825500000'],
    [t.timestamptz(), 'millis', '0', '0'],
    [t.timestamp(), 'micros', '14256000000000', '14256000000000'],
    [t.date(), 'days', '20589', '"2026-05-16"'],
    [t.timestamp(), 'seconds', '"2026-05-13T22:03:45Z"', '1778709825000000'],
    [t.nullable(t.timestamp()), 'seconds', 'null', 'null'],
  ])('states the unit of a number for one route', async (column, unit, json, expected) => {
    const [, outcome] = await outcomesOf(column, json, { v: s.epoch('v', unit) })
    expect(rowOf(outcome)).toBe(`{"v":${expected}}`)
  })

  it('leaves what is no such time to the column', async () => {
    const [, outcome] = await outcomesOf(t.timestamp(), '1e300', { v: s.epoch('v', 'seconds') })
    expect(failureOf(outcome)?.code).toBe('OutOfRange')
    const [, half] = await outcomesOf(t.date(), '0.5', { v: s.epoch('v', 'days') })
    expect(failureOf(half)?.code).toBe('WrongType')
  })

  it('says which rule a number breaks', async () => {
    const [, fraction] = await outcomesOf(t.timestamp(), '1.5e-7', { v: s.epoch('v', 'seconds') })
    const message = 'expected seconds that are whole in microseconds, got a smaller fraction'
    expect(failureOf(fraction)).toMatchObject({ code: 'OutOfRange', message })
    for (const number of ['253402300800', '-62135596801']) {
      const [, year] = await outcomesOf(t.timestamp({ as: 'iso' }), number, { v: s.epoch('v', 'seconds') })
      expect(failureOf(year)?.message).toContain('expected a time in the years 0001 to 9999')
    }
  })

  it.each<[Column, Parameters<typeof s.epoch>[1], string]>([
    [t.string(), 'seconds', 'timestamp'],
    [t.json(), 'micros', 'timestamp'],
    [t.date(), 'millis', 'timestamp'],
    [t.timestamp(), 'days', 'date'],
  ])('refuses a column that cannot hold its times', (column, unit, expected) => {
    const table = defineTable({ name: 'log', columns: { v: column } })
    const transform = select({ v: s.firstOf('w', s.epoch('v', unit)) } as never)
    const router = createIcebergRouter({ database: 'db' }).otherwise({ table, transform: transform as never })
    expect(() => router.handler()).toThrow(`epoch: expected a ${expected} column for "${unit}"`)
  })

  it('refuses another unit when the router is built', () => {
    const table = defineTable({ name: 'log', columns: { v: t.timestamp() } })
    const transform = select({ v: s.epoch('v', 'hours' as 'seconds') })
    const router = createIcebergRouter<{ v: number }>({ database: 'db' }).otherwise({ table, transform })
    expect(() => router.handler()).toThrow(/unit: expected "seconds" or "millis" or "micros" or "days", got "hours"/)
  })
})
