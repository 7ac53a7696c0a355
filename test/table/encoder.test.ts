import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { type Column, defineTable, type Operation, t } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { formatPath } from '../../src/path.ts'
import { createRowChecker } from '../../src/table/checker.ts'
import { createRowEncoder } from '../../src/table/encoder.ts'
import { RowIssue } from '../../src/table/row-issue.ts'
import { runs } from '../support/runs.ts'

/** Encodes one value in a table of one column. */
function encode(column: Column, value: unknown): unknown {
  const text = createRowEncoder(defineTable({ name: 't', columns: { c: column } }))({ c: value }, 'insert')
  return text instanceof RowIssue ? text : (JSON.parse(text) as { c: unknown }).c
}

const micros = (iso: string): number => Date.parse(iso) * 1000
const cycle: { self?: unknown } = {}
cycle.self = cycle

/** Like `TZDate` of date-fns: it prints the time in another zone. */
class Singapore extends Date {
  override toISOString(): string {
    return `${new Date(this.getTime() + 8 * 3_600_000).toISOString().slice(0, -1)}+08:00`
  }
}

describe('a value of its column', () => {
  it.each<[string, Column, unknown, unknown]>([
    ['string', t.string(), 'text', 'text'],
    ['string', t.string(), '', ''],
    ['boolean', t.boolean(), false, false],
    ['int', t.int(), -(2 ** 31), -(2 ** 31)],
    ['int', t.int(), 2 ** 31 - 1, 2 ** 31 - 1],
    ['long', t.long(), 2 ** 53 - 1, 2 ** 53 - 1],
    ['long', t.long(), 5n, 5],
    ['long beyond 2^53, as a string', t.long(), 2n ** 63n - 1n, '9223372036854775807'],
    ['double', t.double(), -0.5, -0.5],
    ['json, an object', t.json(), { a: [1, null] }, '{"a":[1,null]}'],
    ['json, a bigint as a number', t.json(), { n: [2n ** 64n] }, '{"n":[18446744073709551616]}'],
    ['json, a string with its quotes', t.json(), 'x', '"x"'],
    // biome-ignore lint/suspicious/noSparseArray: a hole prints as null
    ['json, a list with a hole, and a bigint', t.json(), [1n, , 2], '[1,null,2]'],
    ['json, an absent item', t.json(), [undefined, new Date(0)], '[null,"1970-01-01T00:00:00.000Z"]'],
    ['decimal, a number of 15 digits', t.decimal(20, 5), 1234567890.12345, '1234567890.12345'],
    ['decimal, a whole number up to 2^53', t.decimal(20, 0), 9007199254740991, '9007199254740991'],
    ['date', t.date(), '2024-02-29', '2024-02-29'],
    ['date, the day in UTC', t.date(), new Date('2024-02-29T23:59:59.999Z'), '2024-02-29'],
    ['date, the day in UTC of a subclass', t.date(), new Singapore('2024-02-29T20:00:00Z'), '2024-02-29'],
    ['date, the first one', t.date(), '0001-01-01', '0001-01-01'],
    ['date, the first one as a Date', t.date(), new Date('0001-01-01'), '0001-01-01'],
    ['timestamp, a Date', t.timestamp(), new Date('2016-10-14T05:02:16.645Z'), micros('2016-10-14T05:02:16.645Z')],
    ['timestamp, ISO in UTC', t.timestamp(), '2016-10-14T05:02:16.645Z', micros('2016-10-14T05:02:16.645Z')],
    ['timestamp, ISO without a zone', t.timestamp(), '2016-10-14T05:02:16', micros('2016-10-14T05:02:16Z')],
    ['timestamp, ISO with an offset', t.timestamp(), '2016-10-14T05:02:16+09:00', micros('2016-10-13T20:02:16Z')],
    [
      'timestamp, ISO with microseconds',
      t.timestamp(),
      '2016-10-14T05:02:16.645123Z',
      micros('2016-10-14T05:02:16.645Z') + 123,
    ],
    ['timestamp, zeros after microseconds', t.timestamp(), '1969-12-31T23:59:59.999999000Z', -1],
    ['timestamp, microseconds', t.timestamp(), 1725476175114000, 1725476175114000],
    ['timestamptz, microseconds as bigint', t.timestamptz(), 1725476175114000n, 1725476175114000],
    ['nullable', t.nullable(t.string()), null, null],
    ['nullable, absent', t.nullable(t.timestamp()), undefined, null],
  ])('writes %s', (_, column, value, expected) => {
    expect(encode(column, value)).toEqual(expected)
  })

  it.each<[string, Column, unknown]>([
    ['WrongType', t.string(), 1],
    ['WrongType', t.string(), ['a']],
    ['WrongType', t.boolean(), 'true'],
    ['WrongType', t.int(), 1.5],
    ['WrongType', t.int(), Number.NaN],
    ['OutOfRange', t.int(), 2 ** 31],
    ['OutOfRange', t.long(), 2 ** 53],
    ['OutOfRange', t.long(), 2n ** 63n],
    ['WrongType', t.double(), Number.POSITIVE_INFINITY],
    ['WrongType', t.double(), '1'],
    ['NotJson', t.json(), cycle],
    ['NotJson', t.json(), Number.NaN],
    ['NotJson', t.json(), { a: [1n, Number.POSITIVE_INFINITY] }],
    ['NotJson', t.json(), { a: { toJSON: () => Number.NaN } }],
    ['OutOfRange', t.decimal(38, 0), 2 ** 60],
    ['OutOfRange', t.decimal(38, 0), 1e23],
    ['OutOfRange', t.decimal(38, 2), Number('12345678901234567.89')],
    ['OutOfRange', t.decimal(38, 20), 0.1 + 0.2],
    ['WrongType', t.map(t.string(), t.int()), new Set(['a'])],
    ['WrongType', t.map(t.string(), t.int()), new URLSearchParams('a=1')],
    ['WrongType', t.map(t.string(), t.int()), new Uint8Array(2)],
    ['WrongType', t.struct({ a: t.nullable(t.int()) }), new Map([['a', 1]])],
    ['WrongType', t.struct({ a: t.nullable(t.int()) }), new Date()],
    ['WrongType', t.json(), () => 1],
    ['InvalidDate', t.date(), '2023-02-29'],
    ['InvalidDate', t.date(), '2024-2-1'],
    ['InvalidDate', t.date(), new Date('never')],
    ['OutOfRange', t.date(), new Date(8.64e15)],
    ['OutOfRange', t.date(), '0000-12-31'],
    ['OutOfRange', t.date(), new Date('0000-12-31')],
    ['InvalidDate', t.date(), '0000-13-01'],
    ['InvalidTimestamp', t.timestamp(), '2024-02-30T00:00:00Z'],
    ['InvalidTimestamp', t.timestamp(), '2024-02-01T24:00:00Z'],
    ['InvalidTimestamp', t.timestamp(), '2024-02-01T00:00:00.1234567Z'],
    ['InvalidTimestamp', t.timestamp(), '2024-02-01'],
    ['InvalidTimestamp', t.timestamp(), 'yesterday'],
    ['InvalidTimestamp', t.timestamptz(), '2024-02-01T00:00:00'],
    ['InvalidTimestamp', t.timestamp(), new Date('never')],
    ['InvalidTimestamp', t.timestamp(), 1725476175114],
    ['InvalidTimestamp', t.timestamp(), 1725476175],
    ['InvalidTimestamp', t.timestamp(), 0],
    ['WrongType', t.timestamp(), 1725476175114000.5],
    ['OutOfRange', t.timestamp(), '9999-12-31T23:59:59Z'],
    ['OutOfRange', t.timestamp({ as: 'iso' }), '0000-12-31T23:59:59Z'],
    ['OutOfRange', t.timestamptz(), '0000-12-31T23:59:59.999Z'],
    ['MissingColumn', t.string(), null],
    ['MissingColumn', t.string(), undefined],
  ])('gives the issue %s', (code, column, value) => {
    expect(encode(column, value)).toMatchObject({ code, path: ['c'] })
  })

  it.each<[string, Column, unknown]>([
    ['expected a string, got null; use t.nullable() if it may be missing', t.string(), null],
    ['expected an int, got nothing; use t.nullable() if it may be missing', t.int(), undefined],
    ['expected a string, got null; use t.nullable() to allow null', t.list(t.string()), [null]],
    ['expected a number of 32 bits, got a larger one; use t.long()', t.int(), 2 ** 31],
    ['expected a number in the range of 32-bit floats, got one outside of it; use t.double()', t.float(), 1e39],
    ['expected an exact number, got one beyond 2^53; pass a bigint', t.long(), 2 ** 53],
    ['expected an exact number, got one of more than 15 digits; pass a string or a bigint', t.decimal(38, 0), 1e23],
    ['expected a valid Date, got an invalid one', t.timestamp(), new Date('never')],
  ])('has the message: %s', (message, column, value) => {
    expect(encode(column, value)).toMatchObject({ message })
  })

  it('keeps every millisecond of a Date exactly', () => {
    const dates = fc.date({ min: new Date('1700-01-01'), max: new Date('2250-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(dates, (value) => {
        expect(encode(t.timestamp(), value)).toBe(value.getTime() * 1000)
        expect(encode(t.timestamptz(), value.toISOString())).toBe(value.getTime() * 1000)
      }),
      { numRuns: runs(1000) },
    )
  })
})

describe('json()', () => {
  it('prints bigints as numbers, even if bigints have a toJSON', () => {
    const prototype = BigInt.prototype as { toJSON?: () => string }
    prototype.toJSON = () => 'taught'
    try {
      expect(encode(t.json(), { n: 2n ** 64n })).toBe('{"n":18446744073709551616}')
      expect(encode(t.json(), { n: Object(2n ** 64n) })).toBe('{"n":18446744073709551616}')
      expect(encode(t.json(), { n: 2n ** 64n, at: new Date(0), none: undefined })).toBe(
        '{"n":18446744073709551616,"at":"1970-01-01T00:00:00.000Z"}',
      )
    } finally {
      delete prototype.toJSON
    }
  })

  const { rawJSON } = JSON as { readonly rawJSON?: (text: string) => object }

  it.skipIf(rawJSON === undefined)('prints raw JSON unchanged', () => {
    const n = rawJSON?.('12345678901234567890')
    expect(encode(t.json(), { n })).toBe('{"n":12345678901234567890}')
    expect(encode(t.json(), { n, big: 1n, none: null })).toBe('{"n":12345678901234567890,"big":1,"none":null}')
  })

  it('takes a bounded amount of memory for any number of keys', () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const heapBytes = (): number => {
      collect()
      return process.memoryUsage().heapUsed
    }
    const encode = createRowEncoder(defineTable({ name: 't', columns: { c: t.json() } }))
    const before = heapBytes()
    for (let row = 0; row < 2 ** 15; row++) {
      // A tree of keys: one of two follows each.
      const bits = row.toString(2).padStart(15, '0')
      const names = Array.from(bits, (_, depth) => `n${bits.slice(0, depth)}`)
      encode({ c: Object.fromEntries(names.map((name) => [name, 1])) }, 'insert')
    }
    expect(heapBytes() - before).toBeLessThan(8e6)
  })
})

describe('a row of its table', () => {
  const table = defineTable({
    name: 't',
    columns: { id: t.string(), note: t.nullable(t.string()), constructor: t.nullable(t.int()) },
    uniqueKeys: ['id'],
  })
  const encodeRow = createRowEncoder(table)

  it.each<[string, Operation, unknown, unknown]>([
    ['every column, null if it has no value', 'insert', { id: 'a' }, { id: 'a', note: null, constructor: null }],
    ['only the given columns for a delete', 'delete', { id: 'a' }, { id: 'a' }],
    [
      'a class instance',
      'insert',
      new (class {
        id = 'a'
      })(),
      { id: 'a', note: null, constructor: null },
    ],
  ])('is written with %s', (_, operation, row, expected) => {
    expect(JSON.parse(encodeRow(row, operation) as string)).toEqual(expected)
  })

  it.each<[string, Operation, unknown, unknown[]]>([
    ['NotARow', 'insert', null, []],
    ['NotARow', 'insert', [{ id: 'a' }], []],
    ['NotARow', 'insert', 'row', []],
    ['KeyMissing', 'insert', { note: 'a' }, ['id']],
    ['KeyMissing', 'delete', { note: 'a' }, ['id']],
    ['UnknownColumn', 'insert', { id: 'a', note_: 'b' }, ['note_']],
    ['UnknownColumn', 'insert', JSON.parse('{"id":"a","__proto__":{}}'), ['__proto__']],
    ['WrongType', 'insert', { id: 'a', note: 1 }, ['note']],
    ['RowTooLarge', 'insert', { id: 'a', note: 'é'.repeat(600_000) }, []],
  ])('gives the issue %s', (code, operation, row, path) => {
    expect(encodeRow(row, operation)).toMatchObject({ code, path })
  })

  it.each([[['a', 'b']], [new String('ab')]])(
    'is not a list, even if its columns have numbers as names (case %#)',
    (row) => {
      const columns = { 0: t.string(), 1: t.string() }
      const encodeRow = createRowEncoder(defineTable({ name: 't', columns }))
      expect(encodeRow(row, 'insert')).toMatchObject({ code: 'NotARow' })
      expect(encodeRow({ 0: 'a', 1: 'b' }, 'insert')).toBe('{"0":"a","1":"b"}')
    },
  )

  it.each<[string, Operation, unknown]>([
    ['KeyMissing', 'update', { id: 'a', at: null, n: 1 }],
    ['KeyMissing', 'delete', { id: 'a' }],
    ['KeyMissing', 'delete', { id: null, at: '2026-01-31' }],
    ['ok', 'delete', { id: 'a', at: '2026-01-31' }],
    ['ok', 'insert', { id: 'a', at: null, n: 1 }],
  ])('of a partitioned table: %s for %s of %j', (code, operation, row) => {
    const columns = { id: t.string(), at: t.nullable(t.date()), n: t.int() }
    const partitioned = defineTable({ name: 't', columns, uniqueKeys: ['id'], partitionBy: [t.month('at')] })
    const result = createRowEncoder(partitioned)(row, operation)
    expect(typeof result === 'string' ? 'ok' : result.code).toBe(code)
  })

  it('gets its defaults for missing keys, not for null', () => {
    const columns = {
      a: t.int({ default: 7 }),
      s: t.struct({ b: t.nullable(t.string({ default: 'x' })) }),
      at: t.timestamp({ default: '2026-01-31T00:00:00Z', as: 'iso' }),
    }
    const withDefaults = createRowEncoder(defineTable({ name: 't', columns }))
    expect(withDefaults({ s: {} }, 'insert')).toBe('{"a":7,"s":{"b":"x"},"at":"2026-01-31T00:00:00.000000"}')
    expect(withDefaults({ s: { b: null } }, 'insert')).toBe('{"a":7,"s":{"b":null},"at":"2026-01-31T00:00:00.000000"}')
    expect(withDefaults({ a: null, s: {} }, 'insert')).toMatchObject({ code: 'MissingColumn', path: ['a'] })
  })

  it('loses keys that are not columns if the table strips them', () => {
    const columns = { a: t.int(), s: t.struct({ b: t.int() }) }
    const lenient = createRowEncoder(defineTable({ name: 't', columns, unknownColumns: 'strip' }))
    expect(lenient({ a: 1, z: 2, s: { b: 3, y: 4 } }, 'insert')).toBe('{"a":1,"s":{"b":3}}')
  })

  it.each<[string, unknown, string]>([
    ['in a list', { l: [{ price: '1' }, { price: 1.234 }] }, 'l[1].price'],
    ['in a map, without its key', { m: new Map([['someone', 'x']]) }, 'm[*]'],
    ['in a struct of a struct', { s: { t: { u: 1, v: 2 } } }, 's.t.v'],
  ])('gives an issue with the path of its value: %s', (_, row, path) => {
    const nested = defineTable({
      name: 't',
      columns: {
        l: t.nullable(t.list(t.struct({ price: t.decimal(9, 2) }))),
        m: t.nullable(t.map(t.string(), t.int())),
        s: t.nullable(t.struct({ t: t.struct({ u: t.int() }) })),
      },
    })
    const issue = createRowEncoder(nested)(row, 'insert')
    expect(issue instanceof RowIssue && formatPath(issue.path)).toBe(path)
  })

  it('passes the check only if an encoder could have written it', () => {
    const columns = { id: t.long(), at: t.timestamp(), body: t.json(), price: t.decimal(9, 2), raw: t.binary() }
    const strict = defineTable({ name: 't', columns })
    const [encodeRow, check] = [createRowEncoder(strict), createRowChecker(strict)]
    const row = {
      id: 2n ** 60n,
      at: '1970-01-01T00:00:00.000001Z',
      body: { n: 2n ** 64n },
      price: 1.5,
      raw: new Uint8Array(3),
    }
    const text = encodeRow(row, 'insert') as string
    expect(check(text, 'insert')).toBe(text)
    for (const forged of [
      '',
      '[]',
      '{}',
      'null',
      text.replace('"id"', '"__proto__"'),
      text.replace('1.50', '1.505'),
      text.replace('AAAA', 'AA'),
      `${text}{}`,
    ]) {
      expect(check(forged, 'insert'), forged).toBeInstanceOf(RowIssue)
    }
    expect(check(text.replace('{\\"n', '{n'), 'insert')).toMatchObject({ code: 'NotJson', path: ['body'] })
  })

  it('of exactly 1,000 KiB passes', () => {
    const overhead = JSON.stringify({ id: '', note: null, constructor: null }).length
    expect(encodeRow({ id: 'x'.repeat(1_024_000 - overhead) }, 'insert')).toHaveLength(1_024_000)
    expect(encodeRow({ id: 'x'.repeat(1_024_001 - overhead) }, 'insert')).toMatchObject({ code: 'RowTooLarge' })
  })
})

describe('a missing column beside an unknown one', () => {
  const people = defineTable({
    name: 'people',
    columns: { id: t.string(), name: t.string(), home: t.struct({ city: t.string(), zip: t.nullable(t.string()) }) },
    uniqueKeys: ['id'],
  })
  const encode = createRowEncoder(people)
  const home = { city: 'Rome' }

  it.each([
    [
      'of the table',
      { id: 'a', nate: 'b', home },
      'name',
      'expected a string, got nothing; the table has no such column: nate',
    ],
    [
      'of a struct',
      { id: 'a', name: 'b', home: { cty: 'x' } },
      'home.city',
      'expected a string, got nothing; the struct has no such column: cty',
    ],
    [
      'that is a key',
      { di: 'a', name: 'b', home },
      'id',
      'expected a value in a key column, got nothing; the table has no such column: di',
    ],
  ])('is reported with both names: %s', (_, row, path, message) => {
    expect(encode(row, 'insert')).toMatchObject({ path: path.split('.'), message })
  })

  it('has advice if no other column is unknown', () => {
    const message = 'expected a string, got nothing; use t.nullable() if it may be missing'
    expect(encode({ id: 'a', home }, 'insert')).toMatchObject({ code: 'MissingColumn', path: ['name'], message })
  })

  it('is reported alone by a table that strips unknown columns', () => {
    const lenient = createRowEncoder({ ...people, unknownColumns: 'strip' })
    expect(lenient({ id: 'a', nate: 'b', home }, 'insert')).toMatchObject({
      message: 'expected a string, got nothing; use t.nullable() if it may be missing',
    })
  })
})
