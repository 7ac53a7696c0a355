import { defineTable, isIcebergRouterError, t } from 'firehose-iceberg-router'
import { expect, it } from 'vitest'

function problemsOf(columns: Parameters<typeof defineTable>[0]['columns']): readonly string[] {
  try {
    defineTable({ name: 'log', columns })
    return []
  } catch (error) {
    return isIcebergRouterError(error) ? error.problems : [String(error)]
  }
}

it('takes field ids up to the first that Iceberg keeps for itself', () => {
  expect(problemsOf({ a: t.string({ id: 2_147_483_447 }) })).toEqual([])
  for (const id of [2_147_483_448, 2_147_483_540, 2_147_483_546, 2_147_483_645, 2_147_483_647]) {
    const expected = `columns.a: id: expected a whole number from 1 to 2147483447, got ${id}`
    expect(problemsOf({ a: t.string({ id }) })).toEqual([expected])
    expect(problemsOf({ a: t.struct({ b: t.string({ id }) }) })).toEqual([expected.replace('a:', 'a.b:')])
  }
})

it.each([
  ...['_file', '_pos', '_deleted', '_spec_id', '_partition', '_row_id', '_last_updated_sequence_number'],
  ...['_change_type', '_change_ordinal', '_commit_snapshot_id'],
])("refuses a column %s, which is the name of one of Iceberg's own", (name) => {
  expect(problemsOf({ id: t.string(), [name]: t.long() })).toEqual([
    `columns.${name}: expected another name, got one of Iceberg's own columns`,
  ])
})

it('takes such a name inside a struct, and names that only look like one', () => {
  expect(problemsOf({ a: t.struct({ _file: t.string() }), file: t.string(), _files: t.string() })).toEqual([])
})
