import { defineTable, fieldsOf, type Table, t } from 'firehose-iceberg-router'
import { expect, it } from 'vitest'
import { allFields } from '../../src/table/fields.ts'

const idsOf = (table: Table): Record<string, number> => {
  return Object.fromEntries(allFields(fieldsOf(table)).map(({ name, id }) => [name, id]))
}

it('numbers a whole level first, then the fields inside each column, as Iceberg does', () => {
  const inner = t.struct({ x: t.int(), y: t.list(t.string()) })
  const table = defineTable({
    name: 't',
    columns: { a: inner, b: t.map(t.string(), t.long()), c: t.list(t.struct({ z: t.int() })), d: t.int() },
  })
  expect(allFields(fieldsOf(table)).map(({ name, id }) => `${id} ${name}`)).toEqual([
    '1 a',
    '5 x',
    '6 y',
    '7 element',
    '2 b',
    '8 key',
    '9 value',
    '3 c',
    '10 element',
    '11 z',
    '4 d',
  ])
})

it('keeps the ids that columns set, and skips them for other columns', () => {
  const columns = {
    a: t.string(),
    b: t.struct({ x: t.int({ id: 1 }), y: t.int() }),
    c: t.nullable(t.int({ id: 3 })),
    d: t.int(),
  }
  expect(idsOf(defineTable({ name: 't', columns }))).toEqual({ a: 2, b: 4, x: 1, y: 6, c: 3, d: 5 })
})
