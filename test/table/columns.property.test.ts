import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { defineTable, type Table, t } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { parseExactly } from '../../src/firehose/exact.ts'
import { readerOf } from '../../src/local/warehouse/read.ts'
import { createRowChecker } from '../../src/table/checker.ts'
import { createRowEncoder, toText } from '../../src/table/encoder.ts'
import { RowIssue } from '../../src/table/row-issue.ts'
import { createRowWriter, type RowEncoder } from '../../src/table/row-writer.ts'
import { isMisread } from '../../src/testing/engine.ts'
import { runs } from '../support/runs.ts'
import { anyKind, type Kind, leafKinds } from './support/kinds.ts'

const tableOf = ({ column }: Kind): Table => defineTable({ name: 't', columns: { c: column } })
const encoderOf = (table: Table, escapeEachString: boolean): RowEncoder =>
  createRowWriter(table, { from: 'value', escapeEachString, finish: toText })
const withSample = (kinds: fc.Arbitrary<Kind>) =>
  kinds.chain((kind) => kind.samples.map((sample) => ({ kind, sample })))
const withMistake = (kinds: fc.Arbitrary<Kind>) =>
  kinds.chain((kind) => kind.mistakes.map((mistake) => ({ kind, mistake })))

/** The value that the local table reads from the encoded JSON. */
function store({ column }: Kind, text: string): unknown {
  const { c } = parseExactly(text) as { c: unknown }
  return c === null ? null : readerOf(column.type)(c)
}

/** Replaces what our JSON cannot hold: negative zeros and lone surrogates. */
function asJson(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('utf8')
  if (value === 0) return 0
  if (Array.isArray(value)) return value.map(asJson)
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [asJson(key), asJson(item)]))
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asJson(item)]))
}

function checkLaws(kinds: fc.Arbitrary<Kind>, numRuns: number): void {
  fc.assert(
    fc.property(withSample(kinds), ({ kind, sample }) => {
      const table = tableOf(kind)
      const text = createRowEncoder(table)({ c: sample.input }, 'insert')
      if (typeof text !== 'string') throw new Error(`${text.code} at ${text.path.join('.')}: ${text.message}`)
      fc.pre(!isMisread(text))
      expect(store(kind, text)).toEqual(asJson(sample.stored))
      expect(createRowChecker(table)(text, 'insert')).toBe(text)
    }),
    { numRuns: runs(numRuns) },
  )
  fc.assert(
    fc.property(withMistake(kinds), ({ kind, mistake }) => {
      const issue = createRowEncoder(tableOf(kind))({ c: mistake.input }, 'insert')
      expect(issue).toBeInstanceOf(RowIssue)
      expect((issue as RowIssue).path).toEqual(['c', ...mistake.path])
    }),
    { numRuns: runs(numRuns) },
  )
}

describe('a valid value is stored unchanged and checked again to the same JSON; an invalid one is an issue with its path', () => {
  it.each(Object.entries(leafKinds))('%s', (_, kind) => {
    checkLaws(kind, 1000)
  })

  it('of any type, nested', () => {
    checkLaws(anyKind(3), 3000)
  })
})

const plainKinds = ['string', 'json', 'boolean', 'int', 'long', 'double', 'timestamp', 'timestamptz'].map((name) => {
  const kind = leafKinds[name]
  if (kind === undefined) throw new Error(`there is no kind ${name}`)
  return kind
})
const mostlyPlain = fc
  .tuple(fc.oneof(...plainKinds, anyKind(1)), fc.boolean())
  .map(([kind, isNullable]): Kind => (isNullable ? { ...kind, column: t.nullable(kind.column) } : kind))

/** Rows of several columns: valid and invalid values, nulls, missing and unknown keys, in any order. */
const columnsAndRow = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', '1', 'constructor'), withSample(mostlyPlain)), {
    selector: ([name]) => name,
    minLength: 1,
  })
  .chain((cells) => {
    const columns = Object.fromEntries(cells.map(([name, { kind }]) => [name, kind.column]))
    const values = cells.map(([name, { kind, sample }]) => {
      const other = fc.oneof(
        fc.constantFrom(null, undefined),
        fc.anything(),
        kind.mistakes.map(({ input }) => input),
      )
      const value = fc.oneof({ weight: 20, arbitrary: fc.constant<unknown>(sample.input) }, other)
      return value.map((one): [string, unknown] => [name, one])
    })
    const inOrder = fc.tuple(...values)
    const shuffled = inOrder.chain((entries) => fc.shuffledSubarray([...entries, ['d', 1] as [string, unknown]]))
    const rows = fc.oneof({ weight: 4, arbitrary: inOrder }, shuffled).map((entries) => Object.fromEntries(entries))
    return rows.map((row) => ({ columns, row }))
  })

it.each<[string, unknown]>([
  ['a promise', Promise.resolve(1)],
  ['a bigint', { n: [2n ** 64n] }],
  ['a Date in plain data', { at: new Date(0), n: 1n }],
  ['a class with toJSON', { toJSON: () => ({ n: 1 }) }],
  ['toJSON that returns nothing', { toJSON: () => undefined }],
  ['undefined', undefined],
  ['null', null],
  ['a lone surrogate', { text: '\ud800' }],
])('a json column prints %s in the same way, scanned once or string by string', (_, value) => {
  const table = defineTable({ name: 't', columns: { c: t.json() } })
  const print = (whole: boolean): unknown => encoderOf(table, !whole)({ c: value }, 'insert')
  expect(print(true)).toEqual(print(false))
  // Some libraries add this, so that JSON.stringify does not throw for bigints.
  Object.defineProperty(BigInt.prototype, 'toJSON', { value: String, configurable: true })
  try {
    expect(print(true)).toEqual(print(false))
  } finally {
    Reflect.deleteProperty(BigInt.prototype, 'toJSON')
  }
})

class Row {
  readonly a = 'own'
  get b(): string {
    return 'of the prototype'
  }
}

it.each<[string, object]>([
  ['in another order', { c: 'c', b: 'b', a: 'a' }],
  ['without nullable columns', { a: 'a' }],
  ['without a required column', { b: 'b' }],
  ['with undefined', { a: 'a', b: undefined, c: 'c' }],
  ['with an unknown key', { a: 'a', b: 'b', c: 'c', d: 'd' }],
  ['with an unknown and a missing key', { a: 'a', b: 'b', d: 'd' }],
  ['of a class with a getter', new Row()],
  ['with keys of its prototype', Object.create({ a: 'a', b: 'b' })],
])('a row %s is printed in the same way, scanned once or string by string', (_, row) => {
  const columns = { a: t.string(), b: t.nullable(t.string()), c: t.nullable(t.string()) }
  const print = (whole: boolean): unknown => encoderOf(defineTable({ name: 't', columns }), !whole)(row, 'insert')
  expect(print(true)).toEqual(print(false))
})

it('a row is the same text, or the same issue, whether it is scanned once or string by string', () => {
  fc.assert(
    fc.property(columnsAndRow, fc.boolean(), ({ columns, row }, strips) => {
      const table = defineTable({ name: 't', columns, unknownColumns: strips ? 'strip' : 'refuse' })
      const [whole, cells] = [encoderOf(table, false), encoderOf(table, true)]
      expect(whole(row, 'insert')).toEqual(cells(row, 'insert'))
    }),
    { numRuns: runs(3000) },
  )
})
