import { expect, test } from 'vitest'
import { defineTable, select, t } from '../../src/index.ts'
import { bothEngines, expectAgreement } from './engines.ts'

// Cells that are written many bytes at a time: JSON in a string, and whole numbers.

const QUOTES = ['', '"', '""', 'é', '🎈', '\\', '\n', 'a"b']

test('JSON in a string is the same wherever its quotes are', async () => {
  const engines = bothEngines([], {
    table: defineTable({ name: 't', columns: { part: t.json() } }),
    transform: select({ part: 'part' }),
  })
  const parts = Array.from({ length: 40 }, (_, length) => 'x'.repeat(length)).flatMap((text) =>
    QUOTES.flatMap((odd) => [text + odd, [text, odd, text], { [text]: odd, a: [odd, { [`${text}b`]: text }] }]),
  )
  const documents = parts.map((part) => Buffer.from(JSON.stringify({ part })))
  await expectAgreement(engines, documents)
  expect(engines.taken()).toBe(documents.length)
})

test('white space anywhere in JSON is left out', async () => {
  const engines = bothEngines([], {
    table: defineTable({ name: 't', columns: { part: t.json() } }),
    transform: select({ part: 'part' }),
  })
  const tokens = ['{', '"part"', ':', '{', '"a b"', ':', '[', '1', ',', '" c "', ']', ',', '"d"', ':', 'null', '}', '}']
  const spaced = tokens.flatMap((_, at) => [' ', '\t', '\n\r '].map((space) => tokens.toSpliced(at, 0, space).join('')))
  const documents = [...spaced, `${tokens.join('')}\n`].map((text) => Buffer.from(text))
  await expectAgreement(engines, documents)
  expect(engines.taken()).toBe(documents.length)
})

test('microseconds have as many digits as they need', async () => {
  const engines = bothEngines([], {
    table: defineTable({ name: 't', columns: { at: t.timestamp() } }),
    transform: select({ at: 'at' }),
  })
  const powers = Array.from({ length: 16 }, (_, digits) => 10 ** digits)
  const micros = powers
    .flatMap((power) => [power - 1, power, power + 1, power * 1.5, power * 9])
    .filter(Number.isInteger)
  const within = [...micros, ...micros.map((value) => -value)].filter((value) => Math.abs(value) < 9e15)
  const documents = within.map((value) => Buffer.from(`{"at":"${textOf(value)}"}`))
  await expectAgreement(engines, documents)
  expect(engines.taken()).toBe(documents.length)
})

/** Prints microseconds since 1970 as ISO 8601; `Date` has only milliseconds. */
function textOf(micros: number): string {
  const millis = Math.floor(micros / 1000)
  return `${new Date(millis).toISOString().slice(0, -1)}${String(micros - millis * 1000).padStart(3, '0')}Z`
}
