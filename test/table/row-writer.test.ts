import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { defineTable, type Table, t } from 'firehose-iceberg-router'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createBase64Encoder, createRowEncoder, toText } from '../../src/table/encoder.ts'
import { RowIssue } from '../../src/table/row-issue.ts'
import { createRowWriter } from '../../src/table/row-writer.ts'
import { useFreshModules } from '../support/fresh-modules.ts'
import { runs } from '../support/runs.ts'
import { leafKinds } from './support/kinds.ts'

// Strings are written unescaped, and the finished row is scanned once: what that must not change, and when it is enough.

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

describe('a row without escapes is written in one pass', () => {
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
    ['a key with escapes', { 'a"b\\c\n': ['x'], '': { '"': 1 } }],
    ['a list', ['a', ['b'], {}]],
    ['a string', 'a'],
    ['another language', { name: ['作家'], 本: '😀' }],
    ['a bigint', { n: 2n ** 64n }],
  ])('json: %s', (_, value) => {
    const { row, reads } = countReads({ c: value })
    const table = defineTable({ name: 't', columns: { c: t.json() } })
    expect(createRowEncoder(table)(row, 'insert')).toBe(encoderOf(table, true)({ c: value }, 'insert'))
    expect(reads()).toBe(1)
  })

  it('lists, maps and structs, which are scanned separately', () => {
    const columns = { l: t.list(t.string()), m: t.map(t.string(), t.string()), s: t.struct({ a: t.string() }) }
    const { row, reads } = countReads({ l: ['a"b', 'c'], m: { 'd\\': 'e' }, s: { a: '\n' } })
    const text = createRowEncoder(defineTable({ name: 't', columns }))(row, 'insert')
    expect(text).toBe('{"l":["a\\"b","c"],"m":{"d\\\\":"e"},"s":{"a":"\\n"}}')
    expect(reads()).toBe(1)
  })

  it('in any order of keys, with missing keys', () => {
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

it('each string of a column is checked once one of them has needed an escape', () => {
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

/** Strings with characters that need an escape, and with text that would end a string and begin another column. */
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

it('no string can end itself, hide its escapes among others, or change another column', () => {
  const columns = { a: t.string(), j: t.json(), b: t.string(), k: t.nullable(t.json()), l: t.list(t.string()) }
  // One encoder for all rows: it remembers which columns need escapes.
  const table = defineTable({ name: 't', columns })
  const [encode, encode64] = [createRowEncoder(table), createBase64Encoder(table)]
  const strings = fc.tuple(hostile, hostileJson, hostile, fc.option(hostileJson), fc.array(hostile, { maxLength: 2 }))
  // A row in another order is written twice: first as it is, then in the order of the columns.
  const orders = fc.shuffledSubarray(['a', 'j', 'b', 'k', 'l'], { minLength: 5 })
  fc.assert(
    fc.property(strings, fc.boolean(), fc.option(orders), ([a, j, b, k, l], learns, order) => {
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

it('the escapes of a row in another order are not counted twice', () => {
  const table = defineTable({ name: 't', columns: { a: t.string(), b: t.string(), c: t.string() } })
  // As many escapes as the first column with its name has: they would be hidden by those.
  const text = createRowEncoder(table)({ a: 'a', c: '"""\\', b: 'b' }, 'insert')
  expect(text).toBe(JSON.stringify({ a: 'a', b: 'b', c: '"""\\' }))
  expect(createRowEncoder(table)({ a: 'a', c: '""""', b: 'b' }, 'insert')).toBe('{"a":"a","b":"b","c":"\\"\\"\\"\\""}')
})

it('keys that come once do not keep other keys out of the cache, and long keys are written too', () => {
  const table = defineTable({ name: 't', columns: { j: t.json() } })
  const encode = createRowEncoder(table)
  for (let index = 0; index < 1200; index++) {
    const j = { always: ['x'], [`once-${index}`]: ['y'], [`${'long'.repeat(20)}${index}`]: { n: [index] } }
    const { row, reads } = countReads({ j })
    expect(encode(row, 'insert')).toBe(JSON.stringify({ j: JSON.stringify(j) }))
    expect(reads()).toBe(1)
  }
})

it('a list that changes while it is read hides no escapes', () => {
  const lengths = [1, 1, 1, 9]
  const list = new Proxy(['a'], {
    get: (target, key) => (key === 'length' ? (lengths.shift() ?? 1) : Reflect.get(target, key)),
  })
  const table = defineTable({ name: 't', columns: { j: t.json(), s: t.string() } })
  const text = createRowEncoder(table)({ j: { list }, s: '"'.repeat(32) }, 'insert')
  expect(JSON.parse(String(text)).s).toBe('"'.repeat(32))
})

it('a row whose getter encodes another row is written correctly', () => {
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
])('a row beyond 1,000 KiB is an issue: %s', (_, unit, count) => {
  const table = defineTable({ name: 't', columns: { a: t.string() } })
  const encode = createBase64Encoder(table)
  const issue = encode({ a: unit.repeat(count) }, 'insert')
  expect(issue).toBeInstanceOf(RowIssue)
  expect((issue as RowIssue).code).toBe('RowTooLarge')
  const fits = encode({ a: unit.repeat(Math.floor(count * 0.998)) }, 'insert')
  expect(typeof fits).toBe('string')
})

describe('without the byte scanner, every string is checked', () => {
  useFreshModules()

  it('and the row is the same text', async () => {
    vi.stubGlobal('WebAssembly', undefined)
    const fresh = await import('../../src/table/encoder.ts')
    const table = defineTable({ name: 't', columns: { a: t.string(), j: t.json() } })
    const counted = countReads({ a: 'a "b"', j: { c: ['d'] } })
    const expected = JSON.stringify({ a: 'a "b"', j: JSON.stringify({ c: ['d'] }) })
    expect(fresh.createRowEncoder(table)(counted.row, 'insert')).toBe(expected)
    expect(counted.reads()).toBe(1)
    expect(fresh.createBase64Encoder(table)(counted.row, 'insert')).toBe(Buffer.from(expected).toString('base64'))
  })
})

describe('a value that is not a plain object', () => {
  const table = defineTable({ name: 't', columns: { a: t.nullable(t.string()), b: t.nullable(t.string()) } })
  const encode = createRowEncoder(table)

  it.each([
    ['a Map', new Map([['a', 'x']])],
    ['a Set', new Set(['a'])],
    ['a Date', new Date(0)],
    ['an object', new URL('https://example.com')],
    ['an object', /a/],
    ['an array', ['x', 'y']],
  ])('%s is not a row', (name, row) => {
    expect(encode(row, 'insert')).toMatchObject({ code: 'NotARow', message: expect.stringContaining(`got ${name}`) })
  })

  it('a Promise is not a row, and its rejection does not end the process', async () => {
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

describe('an enumerable key on Object.prototype', () => {
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
