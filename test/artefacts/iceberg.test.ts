import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toIcebergPartitionSpec, toIcebergSchema } from '../../src/artefacts/iceberg.ts'
import { nullable } from '../../src/table/column.ts'
import { defineTable } from '../../src/table/table.ts'
import { list } from '../../src/table/types/list.ts'
import { long } from '../../src/table/types/long.ts'
import { string } from '../../src/table/types/string.ts'
import { runs } from '../support/runs.ts'
import { orders, primitives, tableOf } from './tables.ts'

describe('toIcebergSchema', () => {
  it.each([
    ['a_boolean', 'boolean'],
    ['a_int', 'int'],
    ['a_long', 'long'],
    ['a_float', 'float'],
    ['a_double', 'double'],
    ['a_decimal', 'decimal(38, 10)'],
    ['a_date', 'date'],
    ['a_time', 'time'],
    ['a_timestamp', 'timestamp'],
    ['a_timestamptz', 'timestamptz'],
    ['a_string', 'string'],
    ['a_json', 'string'],
    ['a_uuid', 'uuid'],
    ['a_binary', 'binary'],
    ['a_fixed', 'fixed[16]'],
  ])('writes %s as %s', (name, type) => {
    expect(toIcebergSchema(primitives).fields.find((field) => field.name === name)?.type).toBe(type)
  })

  it('writes keys, comments, nullability and nested types', () => {
    expect(toIcebergSchema(orders)).toEqual({
      type: 'struct',
      'schema-id': 0,
      'identifier-field-ids': [1, 3],
      fields: [
        { id: 1, name: 'order', required: true, type: 'long', doc: "assigned by the shop's till" },
        { id: 2, name: 'timestamp', required: true, type: 'timestamp' },
        { id: 3, name: 'region', required: true, type: 'string' },
        { id: 4, name: 'total', required: true, type: 'decimal(10, 2)' },
        { id: 5, name: 'note', required: false, type: 'string' },
        {
          id: 6,
          name: 'lines',
          required: true,
          type: {
            type: 'list',
            'element-id': 9,
            'element-required': true,
            element: {
              type: 'struct',
              fields: [
                { id: 10, name: 'sku', required: true, type: 'string' },
                { id: 11, name: 'date', required: false, type: 'date' },
                { id: 12, name: 'price', required: true, type: 'decimal(10, 2)' },
              ],
            },
          },
        },
        {
          id: 7,
          name: 'labels',
          required: false,
          type: { type: 'map', 'key-id': 13, key: 'string', 'value-id': 14, value: 'int', 'value-required': false },
        },
        { id: 8, name: 'raw', required: true, type: 'string' },
      ],
    })
  })

  it('has no identifier fields without keys', () => {
    expect(toIcebergSchema(tableOf(string()))).not.toHaveProperty('identifier-field-ids')
  })

  it('keeps the ids of a table that exists already', () => {
    const columns = { a: string({ id: 7 }), b: list(nullable(long())), c: long({ id: 1 }) }
    const { fields } = toIcebergSchema(defineTable({ name: 't', columns }))
    expect(fields.map(({ id }) => id)).toEqual([7, 2, 1])
    expect(fields[1]?.type).toMatchObject({ 'element-id': 3, 'element-required': false })
  })

  it('loses no column, whatever their number and names', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(names, (columns) => {
        const table = defineTable({ name: 't', columns: Object.fromEntries(columns.map((name) => [name, long()])) })
        const { fields } = toIcebergSchema(table)
        expect(fields.map(({ name }) => name)).toEqual(columns)
        expect(new Set(fields.map(({ id }) => id)).size).toBe(columns.length)
      }),
      { numRuns: runs(1000) },
    )
  })
})

describe('toIcebergPartitionSpec', () => {
  it('names the fields that partitions come from by id', () => {
    expect(toIcebergPartitionSpec(orders)).toEqual({
      'spec-id': 0,
      fields: [
        { 'source-id': 2, 'field-id': 1000, name: 'timestamp_day', transform: 'day' },
        { 'source-id': 1, 'field-id': 1001, name: 'order_bucket', transform: 'bucket[16]' },
        { 'source-id': 3, 'field-id': 1002, name: 'region', transform: 'identity' },
        { 'source-id': 5, 'field-id': 1003, name: 'note_trunc', transform: 'truncate[3]' },
      ],
    })
  })

  it('has no fields for a table that is not partitioned', () => {
    expect(toIcebergPartitionSpec(tableOf(string()))).toEqual({ 'spec-id': 0, fields: [] })
  })
})
