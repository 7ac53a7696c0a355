import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { defineTable, type Table, t } from 'firehose-iceberg-router'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createBase64Encoder, createRowEncoder, toText } from '../../src/table/encoder.ts'
import { RowIssue } from '../../src/table/row-issue.ts'
import { createRowWriter } from '../../src/table/row-writer.ts'
import { runs } from '../support/runs.ts'
import { leafKinds } from './support/kinds.ts'

// Strings are written as they are, and the row is looked at once, as a whole: what that must not change, and when it is
// enough.

const encoderOf = (table: Table, escapeEachString: boolean) =>
  createRowWriter(table, { from: 'value', escapeEachString, finish: toText })

/** A row that counts how often its first column is read. */
function countReads<Row extends object>(row: Row): { readonly row: Row; readonly reads: () => number } {
  const [name = ''] = Object.keys(row)
  const value: unknown = Reflect.get(row, name)
  let reads = 0
  const get = (): unknown => {
    reads++
    return value
  }
  return { row: Object.defineProperty({ ...row }, name, { get, enumerable: true }), reads: () => reads }
}

describe('a row that needs no escape is written in one go', () => {
  it.each(Object.entries(leafKinds).filter(([name]) => name !== 'json'))('%s', (_, kinds) => {
    const samples = kinds.chain(({ column, samples }) => samples.map(({ input }) => ({ column, input })))
    fc.assert(
      fc.property(samples, ({ column, input }) => {
        const table = defineTable({ name: 't', columns: { c: column } })
        fc.pre(!String(encoderOf(table, true)({ c: input }, 'insert')).includes('\\'))
        const { row, reads } = countReads({ c: input })
        expect(typeof createRowEncoder(table)(row, 'insert')).toBe('string')
        expect(reads()).toBe(1)
      }),
    )
  })

  it.each<[string, unknown]>([
    ['tags', { 'ses:source-ip': ['192.0.2.10'], none: [], two: ['a', 'b'], n: [1, null, true] }],
    ['a key with marks', { 'a"b\\c\n': ['x'], '': { '"': 1 } }],
    ['a list', ['a', ['b'], {}]],
    ['a text', 'a'],
    ['another language', { name: ['作家'], 本: '😀' }],
    ['a bigint', { n: 2n ** 64n }],
  ])('json: %s', (_, value) => {
    const { row, reads } = countReads({ c: value })
    const table = defineTable({ name: 't', columns: { c: t.json() } })
    expect(createRowEncoder(table)(row, 'insert')).toBe(encoderOf(table, true)({ c: value }, 'insert'))
    expect(reads()).toBe(1)
  })

  it('lists, maps and structs, which are looked at by themselves', () => {
    const columns = { l: t.list(t.string()), m: t.map(t.string(), t.string()), s: t.struct({ a: t.string() }) }
    const { row, reads } = countReads({ l: ['a"b', 'c'], m: { 'd\\': 'e' }, s: { a: '\n' } })
    const text = createRowEncoder(defineTable({ name: 't', columns }))(row, 'insert')
    expect(text).toBe('{"l":["a\\"b","c"],"m":{"d\\\\":"e"},"s":{"a":"\\n"}}')
    expect(reads()).toBe(1)
  })

  it('whatever its order, and what it leaves out', () => {
    const table = defineTable({
      name: 't',
      columns: { a: t.string(), b: t.nullable(t.string()), c: t.string() },
      uniqueKeys: ['a'],
    })
    const { row, reads } = countReads({ c: 'c', a: 'a' })
    expect(createRowEncoder(table)(row, 'update')).toBe('{"a":"a","b":null,"c":"c"}')
    expect(reads()).toBe(1)
    expect(createRowEncoder(table)({ a: 'a' }, 'delete')).toBe('{"a":"a"}')
  })
})

it('a column that has needed an escape is looked at from then on', () => {
  const table = defineTable({ name: 't', columns: { a: t.string(), b: t.string(), j: t.json() } })
  const encode = createRowEncoder(table)
  const reads = (a: string, b: string, j: unknown): number => {
    const counted = countReads({ a, b, j })
    expect(encode(counted.row, 'insert')).toBe(JSON.stringify({ a, b, j: JSON.stringify(j) }))
    return counted.reads()
  }
  expect(reads('a', 'b', 1)).toBe(1)
  expect(reads('a', 'b "c"', 1)).toBe(2)
  expect(reads('a', 'b "c"', ['x'])).toBe(1)
  expect(reads('a\ud800', 'b', 1)).toBe(2)
  expect(reads('a\ud800', 'b', { '"': ['"'] })).toBe(2)
  expect(reads('a\ud800"', '\\b', { '"': ['"'] })).toBe(1)
  expect(reads('a', 'b', 1)).toBe(1)
})

/** Strings of what has to be escaped, and of what would end a text and begin another column. */
const hostile = fc
  .array(fc.constantFrom('"', '\\', '\\"', '\n', '\0', '\ud800', '\udc00', 'é', '😀', 'a', '","b":"', '\\",\\"', '"}'))
  .map((parts) => parts.join(''))
const hostileJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    hostile,
    fc.integer(),
    fc.array(hostile, { maxLength: 2 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(hostile, tie('value'), { maxKeys: 3 }),
  ),
})).value

it('no string ends its text, hides among the marks of others or changes what another means', () => {
  const columns = { a: t.string(), j: t.json(), b: t.string(), k: t.nullable(t.json()), l: t.list(t.string()) }
  // One encoder for all rows: it learns on the way.
  const table = defineTable({ name: 't', columns })
  const [encode, encode64] = [createRowEncoder(table), createBase64Encoder(table)]
  const texts = fc.tuple(hostile, hostileJson, hostile, fc.option(hostileJson), fc.array(hostile, { maxLength: 2 }))
  // Out of their order columns are written twice: from the first on, and in their order.
  const orders = fc.shuffledSubarray(['a', 'j', 'b', 'k', 'l'], { minLength: 5 })
  fc.assert(
    fc.property(texts, fc.boolean(), fc.option(orders), ([a, j, b, k, l], learns, order) => {
      const inOrder: { [name: string]: unknown } = { a, j, b, k, l }
      const row = order === null ? inOrder : Object.fromEntries(order.map((name) => [name, inOrder[name]]))
      const expected = JSON.stringify({ a, j: JSON.stringify(j), b, k: k === null ? null : JSON.stringify(k), l })
      const one = learns ? encode : encoderOf(table, false)
      expect(one(row, 'insert')).toBe(expected)
      expect(encoderOf(table, true)(row, 'insert')).toBe(expected)
      expect(encode64(row, 'insert')).toBe(Buffer.from(expected).toString('base64'))
    }),
    { numRuns: runs(3000) },
  )
})

it('what was counted of a row in another order does not count twice', () => {
  const table = defineTable({ name: 't', columns: { a: t.string(), b: t.string(), c: t.string() } })
  // As many marks as the first column has with its name: they would pass for those.
  const text = createRowEncoder(table)({ a: 'a', c: '"""\\', b: 'b' }, 'insert')
  expect(text).toBe(JSON.stringify({ a: 'a', b: 'b', c: '"""\\' }))
  expect(createRowEncoder(table)({ a: 'a', c: '""""', b: 'b' }, 'insert')).toBe('{"a":"a","b":"b","c":"\\"\\"\\"\\""}')
})

it('keys that come but once do not keep out others, and long ones are written as well', () => {
  const table = defineTable({ name: 't', columns: { j: t.json() } })
  const encode = createRowEncoder(table)
  for (let index = 0; index < 1200; index++) {
    const j = { always: ['x'], [`once-${index}`]: ['y'], [`${'long'.repeat(20)}${index}`]: { n: [index] } }
    const { row, reads } = countReads({ j })
    expect(encode(row, 'insert')).toBe(JSON.stringify({ j: JSON.stringify(j) }))
    expect(reads()).toBe(1)
  }
})

it('a list that changes while it is read hides no marks', () => {
  const lengths = [1, 1, 1, 9]
  const list = new Proxy(['a'], {
    get: (target, key) => (key === 'length' ? (lengths.shift() ?? 1) : Reflect.get(target, key)),
  })
  const table = defineTable({ name: 't', columns: { j: t.json(), s: t.string() } })
  const text = createRowEncoder(table)({ j: { list }, s: '"'.repeat(32) }, 'insert')
  expect(JSON.parse(String(text)).s).toBe('"'.repeat(32))
})

it('a transform that encodes while it is read is no trouble', () => {
  const table = defineTable({ name: 't', columns: { a: t.string(), j: t.json(), b: t.string() } })
  const encode = createBase64Encoder(table)
  const row = {
    a: 'a"',
    get j(): unknown {
      return { inner: encode({ a: '"', j: {}, b: '"' }, 'insert') }
    },
    b: 'b',
  }
  const expected = JSON.stringify({ a: row.a, j: JSON.stringify(row.j), b: row.b })
  for (let time = 0; time < 3; time++) expect(encode(row, 'insert')).toBe(Buffer.from(expected).toString('base64'))
})

it.each([
  ['letters', 'x', 1_024_000],
  ['of three bytes', '本', 341_700],
  ['escaped', '"', 512_000],
])('a row beyond 1,000 KiB is refused: %s', (_, unit, count) => {
  const table = defineTable({ name: 't', columns: { a: t.string() } })
  const encode = createBase64Encoder(table)
  const refusal = encode({ a: unit.repeat(count) }, 'insert')
  expect(refusal).toBeInstanceOf(RowIssue)
  expect((refusal as RowIssue).code).toBe('RowTooLarge')
  const fits = encode({ a: unit.repeat(Math.floor(count * 0.998)) }, 'insert')
  expect(typeof fits).toBe('string')
})

describe('where nothing can look through the bytes, every string is looked at', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  it('the same text', async () => {
    vi.stubGlobal('WebAssembly', undefined)
    vi.resetModules()
    const fresh = await import('../../src/table/encoder.ts')
    const table = defineTable({ name: 't', columns: { a: t.string(), j: t.json() } })
    const counted = countReads({ a: 'a "b"', j: { c: ['d'] } })
    const expected = JSON.stringify({ a: 'a "b"', j: JSON.stringify({ c: ['d'] }) })
    expect(fresh.createRowEncoder(table)(counted.row, 'insert')).toBe(expected)
    expect(counted.reads()).toBe(1)
    expect(fresh.createBase64Encoder(table)(counted.row, 'insert')).toBe(Buffer.from(expected).toString('base64'))
  })
})

describe('what has no columns of its own', () => {
  const table = defineTable({ name: 't', columns: { a: t.nullable(t.string()), b: t.nullable(t.string()) } })
  const encode = createRowEncoder(table)

  it.each([
    ['a Map', new Map([['a', 'x']])],
    ['a Set', new Set(['a'])],
    ['a Date', new Date(0)],
    ['an object', new URL('https://example.com')],
    ['an object', /a/],
    ['an array', ['x', 'y']],
  ])('%s is no row', (name, row) => {
    expect(encode(row, 'insert')).toMatchObject({ code: 'NotARow', message: expect.stringContaining(`got ${name}`) })
  })

  it('a Promise is no row, and its rejection ends nothing', async () => {
    expect(encode(Promise.reject(new Error('late')), 'insert')).toMatchObject({
      code: 'NotARow',
      message: expect.stringContaining('a Promise'),
    })
    await new Promise(setImmediate)
  })

  it('an object without a prototype is a row, and so is an instance of a class', () => {
    expect(encode(Object.assign(Object.create(null), { a: 'x' }), 'insert')).toBe('{"a":"x","b":null}')
    class Row {
      readonly b = 'y'
      get a(): string {
        return 'x'
      }
    }
    expect(encode(new Row(), 'insert')).toBe('{"a":"x","b":"y"}')
  })
})

describe('a key that all objects have been given', () => {
  const table = defineTable({ name: 't', columns: { a: t.string(), b: t.nullable(t.string()) } })

  afterEach(() => {
    Reflect.deleteProperty(Object.prototype, 'old')
  })

  it.each([
    { a: 'x', b: 'y' },
    { b: 'y', a: 'x' },
  ])('changes no row: %j', (row) => {
    const encode = createRowEncoder(table)
    Object.defineProperty(Object.prototype, 'old', { value: 'o', enumerable: true, configurable: true, writable: true })
    expect(encode(row, 'insert')).toBe('{"a":"x","b":"y"}')
    expect(encode({ a: 'x' }, 'insert')).toBe('{"a":"x","b":null}')
    expect(encode({ a: 'x', typo: 1 }, 'insert')).toMatchObject({ code: 'UnknownColumn', path: ['typo'] })
  })
})
