import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Column, defineTable, s, select, t } from '../../src/index.ts'
import { runs } from '../support/runs.ts'
import { bothEngines, expectAgreement } from './engines.ts'

// The compiled engine first tries the key that came next the last time. Whatever came, its answers must be the same.

/** Keys of every length around 16 bytes; some are the beginning of others, some need an escape. */
const KEYS = [
  ...Array.from({ length: 20 }, (_, index) => 'abcdefghijklmnopqrst'.slice(0, index + 1)),
  ...['b', 'é', 'ab"', '"', 'ab\\', '\\', '\u0001', 'a\u0000', '\u0000', 'abcdefghijklmno"'],
]

const columns: { [name: string]: Column } = Object.fromEntries(
  KEYS.map((_, index) => [`c${index}`, t.nullable(t.string())]),
)
const engines = bothEngines([], {
  table: defineTable({ name: 't', columns }),
  transform: select(Object.fromEntries(KEYS.map((key, index) => [`c${index}`, s.path(key)]))),
})

const member = fc.tuple(fc.constantFrom(...KEYS, 'other', 'abcdefghijklmnopqrstu'), fc.constantFrom('"1"', '{}', '[2]'))

/** Keys in valid JSON, in invalid JSON, and cut off. */
const documents = fc
  .tuple(fc.array(member, { maxLength: 8 }), fc.boolean(), fc.nat({ max: 20 }))
  .map(([members, isRaw, cut]) => {
    const pairs = members.map(([key, value]) => `${isRaw ? `"${key}"` : JSON.stringify(key)}:${value}`)
    const text = `{${pairs.join(',')}}`
    return Buffer.from(cut < 3 ? text.slice(0, text.length >> cut) : text, 'utf8')
  })

test('both engines agree on keys in any order, even if they are not valid JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(documents, { maxLength: 50 }), (list) => expectAgreement(engines, list)),
    { numRuns: runs(200) },
  )
})

test('a document that ends inside the expected key is invalid', async () => {
  const whole = `{${KEYS.slice(0, 15).map((key) => `"${key}":"1"`)}}`
  const before = engines.taken()
  await expectAgreement(
    engines,
    [whole, whole].map((text) => Buffer.from(text)),
  )
  expect(engines.taken() - before).toBe(2)
  await expectAgreement(
    engines,
    Array.from(whole, (_, end) => Buffer.from(whole.slice(0, end))),
  )
  expect(engines.taken() - before).toBe(2)
})

test.each(['ab"', '"', 'ab\\', '\\', '\u0001', 'a\u0000', '\u0000'])(
  '%j needs an escape in a document',
  async (key) => {
    const both = bothEngines([], {
      table: defineTable({ name: 't', columns: { first: t.string(), second: t.nullable(t.string()) } }),
      transform: select({ first: 'first', second: s.path(key) }),
    })
    const documents = [`{"first":"1","${key}":"2"}`, `{"${key}":"2","first":"1"}`, `{"first":"1","${key}`]
    await expectAgreement(
      both,
      documents.map((text) => Buffer.from(text)),
    )
    expect(both.taken()).toBe(0)
  },
)
