import { describe, expect, test } from 'vitest'
import { defineTable, s, select, t } from '../../src/index.ts'
import type { Source } from '../../src/select/source.ts'
import { bothEngines, expectAgreement } from './engines.ts'

const from = { key: 'name', equals: 'From', take: 'value' } as const
const list = (...items: string[]): string => `"h":[${items.join()}]`
const header = (name: string, value: string): string => `{"name":${name},"value":${value}}`

/** Members of an event: those that the compiled engine takes, and those that it leaves to the plain engine. */
interface Case {
  readonly name: string
  readonly source: Source
  readonly taken: readonly string[]
  readonly left?: readonly string[]
}

const cases: readonly Case[] = [
  {
    name: 'a path',
    source: 'a.b',
    taken: ['"a":{"b":"x"}', '"a":{}', '"a":null', '"a":{"b":null}', '"a":[]', '"a":"b"'],
  },
  {
    name: 'a path that ends in a repeated key',
    source: 'a.b',
    taken: ['"c":1,"c":2'],
    left: ['"a":{"b":"x","b":"y"}'],
  },
  {
    name: 'a path past a repeated key',
    source: 'a.b',
    taken: [],
    left: ['"a":{"b":"x"},"a":{}', '"a":{},"a":{"b":"x"}'],
  },
  { name: 'a path beside an escaped key', source: 'a.b', taken: ['"c":{"\\u0062":1}'], left: ['"a":{"\\u0062":"x"}'] },
  {
    name: 'an element by index',
    source: 'a.1',
    taken: ['"a":["x","y"]', '"a":["x"]', '"a":{"1":"y"}', '"a":[["z"],"y"]'],
  },
  { name: 'a field of an element', source: 'a.0.b', taken: ['"a":[{"b":"x"},{"b":"y"}]', '"a":[1]'] },
  { name: 'keys with dots', source: s.path('a.b', 'c'), taken: ['"a.b":{"c":"x"}', '"a":{"b":{"c":"y"}}'] },
  {
    name: 'a key with an inherited name',
    source: s.path('__proto__', 'x'),
    taken: ['"__proto__":{"x":"y"}', '"x":"y"'],
  },
  {
    name: 'a long key',
    source: s.path('k'.repeat(40)),
    taken: [`"${'k'.repeat(40)}":"x"`, `"${'k'.repeat(39)}l":"x"`],
  },
  { name: 'a constant', source: s.constant('a"b\n'), taken: ['"a":1'] },
  { name: 'a constant null', source: s.constant(null), taken: ['"a":1'] },
  {
    name: 'the first of several',
    source: s.firstOf('a', 'b', s.constant('c')),
    taken: ['"a":"x","b":"y"', '"a":null,"b":"y"', '"b":null', '"z":1'],
    left: ['"a":1,"b":"y"'],
  },
  { name: 'a default', source: s.orElse('a', 'none'), taken: ['"a":"x"', '"a":null', '"b":1'] },
  { name: 'JSON', source: s.jsonText('a'), taken: ['"a":{"b":[1]}', '"a":null', '"a":"x"', '"b":1'] },
  {
    name: 'a joined list',
    source: s.joined('a', ' "; '),
    taken: ['"a":["x","y\\n"]', '"a":[ "x" , "" ]', '"a":[]', '"a":[ ]', '"a":null', '"a":"x\\u0041"'],
    left: ['"a":["x",1]', '"a":[null]', '"a":{}', '"a":["\\ud83d","\\ude00"]'],
  },
  {
    name: 'the field of an element',
    source: s.element('h', from),
    taken: [
      list(header('"To"', '"x"'), header('"From"', '"y"'), header('"From"', '"z"')),
      list(header('"from"', '"x"')),
      list(header('"From"', 'null'), header('"From"', '"y"')),
      list('1', '[]', 'null', header('1', '"x"'), '{"name":"From"}', header('"From"', '"y"')),
      '"h":[]',
      '"h":{"name":"From","value":"x"}',
      '"h":null',
    ],
    left: [
      list(header('"\\u0046rom"', '"x"')),
      list('{"name":"To","name":"From","value":"x"}'),
      list('{"\\u006eame":"From","value":"x"}'),
    ],
  },
  {
    name: 'the last element',
    source: s.element('h', { ...from, last: true }),
    taken: [list(header('"From"', '"x"'), header('"From"', '"y"'), header('"From"', 'null'))],
  },
  {
    name: 'an element in any case',
    source: s.element('h', { ...from, equals: 'Fröm-ID', ignoreCase: true }),
    taken: [list(header('"FRöM-id"', '"x"')), list(header('"FRÖM-id"', '"x"')), list(header('"FRöM\u212ad"', '"x"'))],
  },
  {
    name: 'an element or something else',
    source: s.firstOf(s.element('h', from), s.joined('a'), 'b'),
    taken: [`${list(header('"From"', '"x"'))},"a":["y"]`, `"a":["y","z"]`, '"a":[],"b":"z"'],
  },
  { name: 'the id of the record', source: s.metadata('recordId'), taken: ['"a":1'] },
  { name: 'the partition key', source: s.metadata('partitionKey'), taken: ['"a":1'] },
]

describe.each(cases)('$name', ({ source, taken, left = [] }) => {
  const table = defineTable({ name: 't', columns: { value: t.nullable(t.string({ default: 'default' })) } })

  test.each([...taken.map((text) => [text, 1] as const), ...left.map((text) => [text, 0] as const)])(
    'is found alike in {%s}, by the compiled engine: %i',
    async (members, expected) => {
      const engines = bothEngines([{ matcher: { type: 't' }, route: { table, transform: select({ value: source }) } }])
      await expectAgreement(engines, [Buffer.from(`{"type":"t",${members}}`, 'utf8')])
      expect(engines.taken()).toBe(expected)
    },
  )
})

test.each([
  ['timestamp', t.timestamp(), 1],
  ['timestamptz', t.timestamptz(), 1],
  ['timestamp as an ISO string', t.timestamp({ as: 'iso' }), 0],
  ['json', t.json(), 0],
])('the time of arrival, as a $0, by the compiled engine: $2', async (_, at, expected) => {
  const table = defineTable({ name: 't', columns: { at } })
  const engines = bothEngines([
    { matcher: { type: 't' }, route: { table, transform: select({ at: s.metadata('arrivalTime') }) } },
  ])
  await expectAgreement(engines, [Buffer.from('{"type":"t"}')])
  expect(engines.taken()).toBe(expected)
})

test('one value in several columns, and columns without a source', async () => {
  const columns = { a: t.json(), b: t.string(), c: t.nullable(t.string()), d: t.string({ default: 'd' }) }
  const table = defineTable({ name: 't', columns })
  const selection = { a: 'x', b: s.jsonText('x'), c: 'x.y' }
  const engines = bothEngines([{ matcher: { type: 't' }, route: { table, transform: select(selection) } }])
  await expectAgreement(engines, [Buffer.from('{"type":"t","x":{"y":"z"}}')])
  expect(engines.taken()).toBe(1)
})
