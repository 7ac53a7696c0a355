import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { defineTable, Refusal, type Table } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { parseExactly } from '../../src/firehose/exact.ts'
import { readerOf } from '../../src/local/warehouse/read.ts'
import { createRowChecker } from '../../src/table/checker.ts'
import { createRowEncoder } from '../../src/table/encoder.ts'
import { isMisread } from '../../src/testing/engine.ts'
import { anyKind, type Kind, leafKinds } from './support/kinds.ts'

const tableOf = ({ column }: Kind): Table => defineTable({ name: 't', columns: { c: column } })
const withSample = (kinds: fc.Arbitrary<Kind>) =>
  kinds.chain((kind) => kind.samples.map((sample) => ({ kind, sample })))
const withMistake = (kinds: fc.Arbitrary<Kind>) =>
  kinds.chain((kind) => kind.mistakes.map((mistake) => ({ kind, mistake })))

/** What the local table reads in the JSON that was encoded. */
function store({ column }: Kind, text: string): unknown {
  const { c } = parseExactly(text) as { c: unknown }
  return c === null ? null : readerOf(column.type)(c)
}

/** JSON has neither a negative zero nor halves of surrogate pairs. */
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
    { numRuns },
  )
  fc.assert(
    fc.property(withMistake(kinds), ({ kind, mistake }) => {
      const refusal = createRowEncoder(tableOf(kind))({ c: mistake.input }, 'insert')
      expect(refusal).toBeInstanceOf(Refusal)
      expect((refusal as Refusal).path).toEqual(['c', ...mistake.path])
    }),
    { numRuns },
  )
}

describe('a valid value is stored as it is and checked again to the same text; an invalid one is refused at its path', () => {
  it.each(Object.entries(leafKinds))('%s', (_, kind) => {
    checkLaws(kind, 1000)
  })

  it('of any type, nested', () => {
    checkLaws(anyKind(3), 3000)
  })
})
