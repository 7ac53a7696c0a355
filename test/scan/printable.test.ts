import { expect, test } from 'vitest'
import { defineTable, s, select, t } from '../../src/index.ts'
import { bothEngines, expectAgreement } from './engines.ts'

// A value that is printed as JSON is scanned while the document is walked, and parts of it may be read as well.

const columns = { all: t.json(), part: t.nullable(t.string()), at: t.nullable(t.timestamp()) }
const table = defineTable({ name: 't', columns })
const route = { table, transform: select({ all: 'x', part: 'x.y', at: 'at' }) }

const deep = (levels: number): string => `${'{"w":'.repeat(levels)}1${'}'.repeat(levels)}`
const keys = (count: number): string => Array.from({ length: count }, (_, index) => `"k${index}":1`).join()

const taken = [
  '"x":{"y":"z"}',
  '"x":{"w":{"a":1,"b":[{"a":1},{"a":2}]},"a":3}',
  '"x":{"a":{"b":{}},"b":{"a":{}}}',
  '"x":{ "y" : "z" , "w" : [ 1 , 2.5 ] }',
  '"x":[{"a":1},{"a":1}]',
  '"x":["\\u0061",true,null,-1]',
  `"x":{${keys(256)}}`,
  `"x":${deep(32)}`,
  '"x":"1.0","at":"2026-01-12T08:15:02.645Z"',
]

const left = [
  '"x":{"a":1,"a":2}',
  '"x":{"y":"z","y":"w"}',
  '"x":{"w":{"a":1,"b":{"a":1},"a":1}}',
  '"x":{"a":{"b":1,"c":{"b":1}},"b":1,"a":2}',
  '"x":{"1":1}',
  '"x":{"b":{"2":1}}',
  '"x":{"\\u0061":1}',
  '"x":1.0',
  '"x":{"y":"z","w":1e3}',
  '"x":[[-0]]',
  '"x":[-0.]',
  '"x":-',
  `"x":{${keys(257)}}`,
  `"x":${deep(33)}`,
]

test.each([...taken.map((text) => [1, text] as const), ...left.map((text) => [0, text] as const)])(
  'all of a value and a part of it, by the compiled engine: %i, in {%s}',
  async (expected, members) => {
    const engines = bothEngines([{ matcher: { type: 't' }, route }])
    await expectAgreement(engines, [Buffer.from(`{"type":"t",${members}}`)])
    expect(engines.taken()).toBe(expected)
  },
)

test('the scan of one value does not affect the next value or record', async () => {
  const other = { table, transform: select({ all: 'v', part: s.constant(null), at: 'at' }) }
  const engines = bothEngines([
    { matcher: { type: 't' }, route },
    { matcher: { type: 'u' }, route: other },
  ])
  const at = '"at":"2026-01-12T08:15:02.645Z"'
  await expectAgreement(
    engines,
    // The first is rejected during its scan; the third has the value of another route.
    [`{"type":"u","x":{"a":1,"a":1}`, `{"type":"u","v":"w",${at}}`, `{"type":"u","x":{"a":1,"a":1},"v":[1],${at}}`].map(
      (text) => Buffer.from(text),
    ),
  )
  expect(engines.taken()).toBe(2)
})
