import { expect, test } from 'vitest'
import { defineTable, s, select, t } from '../../src/index.ts'
import { bothEngines, expectAgreement } from './engines.ts'

// A lone surrogate is a valid JavaScript string without UTF-8: as bytes it would become U+FFFD, which any event may have.

const table = defineTable({ name: 't', columns: { id: t.nullable(t.string()) } })
const other = defineTable({ name: 'other', columns: { id: t.nullable(t.string()) } })
const selection = { id: 'id' }
const documents = [
  '{"type":"\ufffd","id":"1"}',
  '{"type":"\\ud800","id":"1"}',
  '{"\ufffd":"a","id":"1"}',
  '{"\\ud800":"a","id":"1"}',
  '{"type":"a","id":["\ufffd"],"\ufffd":[{"\ufffd":"\ufffd","x":"\ufffd"}]}',
  '{"type":"a","id":["a","b"],"\\ud800":[{"x":"\\ud800"}]}',
].map((text) => Buffer.from(text, 'utf8'))

test('a pattern with a lone surrogate does not match another character', async () => {
  await expectAgreement(
    bothEngines([{ matcher: { type: '\ud800' }, route: { table, transform: select(selection) } }], {
      table: other,
      transform: select(selection),
    }),
    documents,
  )
})

test('a key with a lone surrogate does not match another key', async () => {
  await expectAgreement(
    bothEngines([{ matcher: { '\ud800': 'a' }, route: { table, transform: select(selection) } }], {
      table: other,
      transform: select(selection),
    }),
    documents,
  )
})

test.each([
  ['a path', s.path('\ud800')],
  ['a key of elements', s.element(s.path('\ufffd'), { key: '\ud800', equals: '\ufffd', take: 'x' })],
  ['a compared string of elements', s.element(s.path('\ufffd'), { key: '\ufffd', equals: '\udc00', take: 'x' })],
  ['a field of elements', s.element(s.path('\ufffd'), { key: '\ufffd', equals: '\ufffd', take: '\udc00' })],
  ['a separator', s.joined('id', '\ud800')],
  ['a constant', s.constant('\ud800')],
  ['a value for a missing one', s.orElse('nothing', '\udc00')],
])('%s with a lone surrogate means the same for both engines', async (_, id) => {
  const engines = bothEngines([], { table, transform: select({ id }) })
  await expectAgreement(engines, documents)
  expect(engines.taken()).toBeLessThanOrEqual(documents.length)
})
