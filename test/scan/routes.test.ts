import { expect, test } from 'vitest'
import { defineTable, select, t } from '../../src/index.ts'
import { bothEngines, expectAgreement } from './engines.ts'

const a = defineTable({ name: 'a', columns: { id: t.string() } })
const b = defineTable({ name: 'b', columns: { id: t.string() } })
const keyed = defineTable({
  name: 'keyed',
  columns: { id: t.string(), place: t.nullable(t.string()) },
  uniqueKeys: ['id'],
  partitionBy: [t.bucket(4, 'place')],
})
const selection = { id: 'id' }
const documents = (...strings: string[]): Buffer[] => strings.map((text) => Buffer.from(text, 'utf8'))

const events = documents(
  '{"type":"a","id":"1"}',
  '{"id":"1","type":"b"}',
  '{"type":"c","id":"1"}',
  '{"type":1,"id":"1"}',
  '{"id":"1"}',
  '{"type":"\\u0061","id":"1"}',
  '{"type":"a","type":"b","id":"1"}',
)

test('the discriminant leads to its route', async () => {
  const engines = bothEngines([
    { matcher: { type: ['a', 'aa'] }, route: { table: a, transform: select(selection) } },
    { matcher: { type: 'b' }, route: { table: b, transform: select(selection) } },
  ])
  await expectAgreement(engines, events)
  expect(engines.taken()).toBe(2)
})

test('otherwise takes events that no pattern names', async () => {
  const engines = bothEngines([{ matcher: { type: 'a' }, route: 'drop' }], { table: b, transform: select(selection) })
  await expectAgreement(engines, events)
  expect(engines.taken()).toBe(2)
})

test('a router of one route takes all', async () => {
  const engines = bothEngines([], { table: b, transform: select(selection) })
  await expectAgreement(engines, events)
  // A repeated key that no route reads does not matter.
  expect(engines.taken()).toBe(7)
})

test('the plain engine runs routes with more than one discriminant', async () => {
  const engines = bothEngines([
    { matcher: { type: 'a', id: '1' }, route: { table: a, transform: select(selection) } },
    { matcher: { type: 'a' }, route: { table: b, transform: select(selection) } },
    { matcher: { type: 'b' }, route: { table: b, transform: select(selection) } },
    {
      matcher: ({ type }: { readonly type?: unknown }) => type === 'c',
      route: { table: a, transform: select(selection) },
    },
    { matcher: { type: 'd' }, route: { table: b, transform: select(selection) } },
  ])
  await expectAgreement(engines, [...events, ...documents('{"type":"d","id":"1"}')])
  expect(engines.taken()).toBe(1)
})

test('the plain engine runs functions, beside routes of the compiled engine', async () => {
  const engines = bothEngines([
    { matcher: { type: 'a' }, route: { table: a, transform: ({ id }: { readonly id: string }) => ({ id }) } },
    { matcher: { type: 'b' }, route: { table: b, transform: select(selection), operation: () => 'insert' } },
    { matcher: { type: 'c' }, route: { table: b, transform: select(selection) } },
  ])
  await expectAgreement(engines, events)
  expect(engines.taken()).toBe(1)
})

test('a key column needs a value, and for an update the partition column too', async () => {
  const rows = documents(
    '{"type":"i","id":"1","place":"x"}',
    '{"type":"i","id":null,"place":"x"}',
    '{"type":"i","id":"1"}',
    '{"type":"u","id":"1","place":"x"}',
    '{"type":"u","id":"1"}',
    '{"type":"u","place":"x"}',
    '{"type":"d","id":"1","place":"x"}',
  )
  const route = { table: keyed, transform: select({ id: 'id', place: 'place' }) }
  const engines = bothEngines([
    { matcher: { type: 'i' }, route },
    { matcher: { type: 'u' }, route: { ...route, operation: 'update' } },
    { matcher: { type: 'd' }, route: { ...route, operation: 'delete' } },
  ])
  await expectAgreement(engines, rows)
  expect(engines.taken()).toBe(3)
})

test('an envelope is never read as an event', async () => {
  const engines = bothEngines([], { table: b, transform: select(selection) })
  await expectAgreement(
    engines,
    documents('{"~firehose-iceberg-router":{},"id":"1"}', '{"~firehose-iceberg-router":{}}'),
  )
  expect(engines.taken()).toBe(0)
})

test('a pattern never matches inside a list', async () => {
  const engines = bothEngines([{ matcher: { type: { 0: 'a' } }, route: { table: a, transform: select(selection) } }])
  await expectAgreement(engines, documents('{"type":["a"],"id":"1"}', '{"type":{"0":"a"},"id":"1"}'))
  expect(engines.taken()).toBe(0)
})

test('a thousand routes and their columns are kept apart', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `com.example.type-${index}`)
  const engines = bothEngines(
    names.map((type, index) => {
      const table = defineTable({ name: `t${index}`, columns: { value: t.int() } })
      return { matcher: { type }, route: { table, transform: select({ value: `v${index}.x` }) } }
    }),
  )
  await expectAgreement(
    engines,
    documents(...names.map((type, index) => `{"type":"${type}","v${index}":{"x":${index}}}`)),
  )
  expect(engines.taken()).toBe(1000)
})
