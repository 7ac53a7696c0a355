import { describe, expect, it } from 'vitest'
import { toCloudFormation } from '../../src/artefacts/cloudformation.ts'
import { toIcebergSchema } from '../../src/artefacts/iceberg.ts'
import { lockIds } from '../../src/artefacts/id-lock.ts'
import { UPKEEP_PROPERTIES } from '../../src/artefacts/upkeep-properties.ts'
import { defineTable } from '../../src/table/table.ts'
import { list } from '../../src/table/types/list.ts'
import { map } from '../../src/table/types/map.ts'
import { string } from '../../src/table/types/string.ts'
import { struct } from '../../src/table/types/struct.ts'
import { time } from '../../src/table/types/time.ts'
import { tableInput } from './cloudformation-update.ts'
import { orders, primitives, tableOf } from './tables.ts'

const options = { database: 'shop', location: ({ name }: { name: string }) => `s3://bucket/shop/${name}/` }

describe('toCloudFormation', () => {
  it('creates a table of primitive columns from its Iceberg schema', () => {
    const { Type, Properties } = toCloudFormation([primitives], options).Resources['PrimitivesTable'] ?? {}
    expect(Type).toBe('AWS::Glue::Table')
    expect(Properties).toMatchObject({
      CatalogId: { Ref: 'AWS::AccountId' },
      DatabaseName: 'shop',
      Name: 'primitives',
      OpenTableFormatInput: {
        IcebergInput: {
          MetadataOperation: 'CREATE',
          Version: '2',
          IcebergTableInput: {
            Location: 's3://bucket/shop/primitives/',
            Schema: { Type: 'struct', SchemaId: 0, IdentifierFieldIds: [13] },
            PartitionSpec: {
              SpecId: 0,
              Fields: [
                { SourceId: 10, FieldId: 1000, Name: 'a_timestamptz_day', Transform: 'day' },
                { SourceId: 13, FieldId: 1001, Name: 'a_uuid_bucket', Transform: 'bucket[8]' },
              ],
            },
            Properties: UPKEEP_PROPERTIES,
          },
        },
      },
    })
  })

  it('writes each field with its id, its nullability and its comment', () => {
    const text = JSON.stringify(toCloudFormation([primitives], options))
    expect(text).toContain('{"Id":4,"Name":"a_float","Required":false,"Type":"float"}')
    expect(text).toContain('{"Id":11,"Name":"a_string","Required":true,"Type":"string","Doc":"a string"}')
  })

  it('writes a nested type as the text of its JSON, beside keys and partitions', () => {
    const { Properties } = toCloudFormation([orders], options).Resources['OrdersTable'] ?? {}
    expect(JSON.stringify(Properties)).not.toContain('TableInput":{"Name')
    const input = tableInput(Properties)
    const lines = input.Schema.Fields.find(({ Name }) => Name === 'lines')
    expect(JSON.parse(lines?.Type ?? '')).toEqual(
      toIcebergSchema(orders).fields.find(({ name }) => name === 'lines')?.type,
    )
    expect(input.Schema.IdentifierFieldIds).toEqual([1, 3])
    expect(JSON.stringify(input.PartitionSpec)).toContain('"Transform":"bucket[16]"')
  })

  it('never puts TableInput beside OpenTableFormatInput: the first update would erase table_type', () => {
    const nested = [list(struct({ sku: string() })), map(string(), string()), struct({ at: time() })].map(tableOf)
    for (const table of [orders, primitives, ...nested]) {
      const [{ Properties } = { Properties: {} }] = Object.values(toCloudFormation([table], options).Resources)
      expect(Object.keys(Properties)).toEqual(['CatalogId', 'DatabaseName', 'Name', 'OpenTableFormatInput'])
    }
  })

  it('writes the sort order, and refuses a column that has none', () => {
    const sorted = { ...options, sortBy: () => [{ column: 'region' }, { column: 'order', direction: 'desc' as const }] }
    const { Properties } = toCloudFormation([orders], sorted).Resources['OrdersTable'] ?? {}
    expect(tableInput(Properties).WriteOrder).toEqual({
      OrderId: 1,
      Fields: [
        { SourceId: 3, Transform: 'identity', Direction: 'asc', NullOrder: 'nulls-first' },
        { SourceId: 1, Transform: 'identity', Direction: 'desc', NullOrder: 'nulls-last' },
      ],
    })
    const wrong = { ...options, sortBy: () => [{ column: 'lines' }, { column: 'nope' }] }
    expect(() => toCloudFormation([orders], wrong)).toThrow(
      /table orders: sortBy: column lines is nested(.|\n)*there is no column "nope"/,
    )
  })

  it('takes ids from a lock', () => {
    const before = defineTable({ name: 'o', columns: { id: string(), lines: list(string()) } })
    const after = defineTable({ name: 'o', columns: { id: string(), note: string(), lines: list(string()) } })
    const lock = lockIds([before])
    const fields = tableInput(toCloudFormation([after], { ...options, lock }).Resources['OTable']?.Properties).Schema
      .Fields
    expect(fields.map(({ Id, Name }) => [Name, Id])).toEqual([
      ['id', 1],
      ['note', 4],
      ['lines', 2],
    ])
    expect(fields[2]?.Type).toContain('"element-id":3')
  })

  it('gives tables ids that differ', () => {
    const tables = ['a_b', 'a__b', 'ab'].map((name) => defineTable({ name, columns: { c: string() } }))
    expect(Object.keys(toCloudFormation(tables, options).Resources)).toEqual(['ABTable', 'ABTable2', 'AbTable'])
  })

  it('reports all problems at once', () => {
    const location = (): string => 'nowhere'
    expect(() => toCloudFormation([primitives], { database: 'Shop', location })).toThrow(
      /database: (.|\n)*table primitives: location: /,
    )
  })
})
