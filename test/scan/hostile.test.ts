import { expect, test } from 'vitest'
import { defineTable, select, t } from '../../src/index.ts'
import { allRuns } from '../support/runs.ts'
import { bothEngines, type Engines, expectAgreement } from './engines.ts'

// Sizes and depths that no honest producer sends: the answer must be right, with bounded memory and stack.

const table = defineTable({ name: 't', columns: { id: t.string(), part: t.nullable(t.json()) } })

function build(): Engines {
  return bothEngines([{ matcher: { type: 'a' }, route: { table, transform: select({ id: 'id', part: 'part' }) } }])
}

/** Both exceed what the compiled engine can hold. */
const KEYS = allRuns ? 100_000 : 20_000

const event = (part: string): Buffer => Buffer.from(`{"type":"a","id":"1",${part}}`, 'utf8')
const nested = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`

test.each([
  ['1,000 levels beside the columns', event(`"x":${nested(1000)}`), 1],
  ['100,000 levels beside the columns', event(`"x":${nested(100_000)}`), 0],
  ['100,000 levels that never close', event(`"x":${'['.repeat(100_000)}`), 0],
  ['100,000 objects', event(`"x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`), 0],
  ['30 levels in a column', event(`"part":${nested(30)}`), 1],
  ['100,000 levels in a column', event(`"part":${nested(100_000)}`), 0],
  ['a key of 1 MB', event(`"${'k'.repeat(1_000_000)}":1`), 1],
  ['a key of 1 MB in a column', event(`"part":{"${'k'.repeat(500_000)}":1}`), 1],
  ['a string of 6 MB beside the columns', event(`"x":"${'é'.repeat(3_000_000)}"`), 1],
  ['a string of 2 MB in a column', event(`"part":"${'x'.repeat(2_000_000)}"`), 0],
  [`${KEYS} keys in a column`, event(`"part":{${Array.from({ length: KEYS }, (_, i) => `"k${i}":1`).join()}}`), 0],
  ['a number of 1,000,000 digits', event(`"x":${'1'.repeat(1_000_000)}`), 1],
  ['escapes only', event(`"part":"${'\\u00e9\\"\\\\'.repeat(50_000)}"`), 1],
])('%s', { timeout: 60_000 }, async (_, document, taken) => {
  const engines = build()
  await expectAgreement(engines, [document, event('"part":{"b":2}'), document])
  expect(engines.taken()).toBe(taken * 2 + 1)
})

test('records after one of 6 MB are read as before', async () => {
  const engines = build()
  const small = event('"part":["x"]')
  await expectAgreement(engines, [small, event(`"x":"${'x'.repeat(6_000_000)}"`), small])
  expect(engines.taken()).toBe(3)
})

test('both engines read records of every length in the same way', async () => {
  const engines = build()
  const documents = Array.from({ length: 300 }, (_, length) => event(`"x":"${'x'.repeat(length)}"`))
  await expectAgreement(engines, [...documents, ...documents.map((document) => document.subarray(0, -1))])
  expect(engines.taken()).toBe(300)
})

test('invalid UTF-8 fails in the same way with and without the compiled engine', async () => {
  const engines = build()
  const broken = [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]]
  const documents = broken.map((bytes) => {
    return Buffer.concat([Buffer.from('{"type":"a","id":"'), Buffer.from(bytes), Buffer.from('"}')])
  })
  await expectAgreement(engines, [...documents, event('"x":"é"'), Buffer.from('\ufeff{"type":"a","id":"1"}')])
  expect(engines.taken()).toBe(1)
})
