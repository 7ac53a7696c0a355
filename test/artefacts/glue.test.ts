import { describe, expect, it } from 'vitest'
import { toGlueStorageDescriptor, toGlueType } from '../../src/artefacts/glue.ts'
import { toIcebergSchema } from '../../src/artefacts/iceberg.ts'
import { string } from '../../src/table/types/string.ts'
import { orders, primitives, tableOf } from './tables.ts'

const location = 's3://bucket/shop/orders/'

describe('toGlueStorageDescriptor', () => {
  it('writes columns as the Glue catalog of Iceberg does', () => {
    const { Columns, Location } = toGlueStorageDescriptor(orders, { location })
    expect(Location).toBe(location)
    expect(Columns[0]).toEqual({
      Name: 'order',
      Type: 'bigint',
      Comment: "assigned by the shop's till",
      Parameters: { 'iceberg.field.id': '1', 'iceberg.field.optional': 'false', 'iceberg.field.current': 'true' },
    })
    expect(Columns[5]?.Type).toBe('array<struct<sku:string,date:date,price:decimal(10,2)>>')
    expect(Columns[6]).toMatchObject({ Type: 'map<string,int>', Parameters: { 'iceberg.field.optional': 'true' } })
  })

  it('shows several types of Iceberg alike, as Glue does', () => {
    const types = toIcebergSchema(primitives).fields.map(({ name, type }) => [name, toGlueType(type)])
    expect(Object.fromEntries(types)).toEqual({
      a_boolean: 'boolean',
      a_int: 'int',
      a_long: 'bigint',
      a_float: 'float',
      a_double: 'double',
      a_decimal: 'decimal(38,10)',
      a_date: 'date',
      a_time: 'string',
      a_timestamp: 'timestamp',
      a_timestamptz: 'timestamp',
      a_string: 'string',
      a_json: 'string',
      a_uuid: 'string',
      a_binary: 'binary',
      a_fixed: 'binary',
    })
  })

  it.each([['x'.repeat(256)], ['two\nlines']])('refuses a comment that Glue refuses (case %#)', (doc) => {
    expect(() => toGlueStorageDescriptor(tableOf(string({ doc })), { location })).toThrow(/column c: expected a doc/)
  })

  it.each([['x'.repeat(255)], ['tab\tand 🍊']])('takes a comment that Glue takes (case %#)', (doc) => {
    expect(toGlueStorageDescriptor(tableOf(string({ doc })), { location }).Columns[0]?.Comment).toBe(doc)
  })

  it('refuses a location that is not an S3 folder', () => {
    expect(() => toGlueStorageDescriptor(orders, { location: 'orders/' })).toThrow(/location: expected an S3 folder/)
  })
})
