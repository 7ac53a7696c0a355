import { describe, expect, it } from 'vitest'
import { toCloudFormation } from '../../src/artefacts/cloudformation.ts'
import { defineTable } from '../../src/table/table.ts'
import { list } from '../../src/table/types/list.ts'
import { string } from '../../src/table/types/string.ts'
import { struct } from '../../src/table/types/struct.ts'
import { time } from '../../src/table/types/time.ts'
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
            Properties: { 'write.format.default': 'parquet' },
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

  it('creates a table with nested columns from its Hive columns', () => {
    const lines = list(struct({ sku: string() }))
    const table = defineTable({ name: 'order_lines', columns: { id: string({ doc: 'x' }), lines }, uniqueKeys: ['id'] })
    expect(toCloudFormation([table], options).Resources['OrderLinesTable']?.Properties).toEqual({
      CatalogId: { Ref: 'AWS::AccountId' },
      DatabaseName: 'shop',
      TableInput: {
        Name: 'order_lines',
        TableType: 'EXTERNAL_TABLE',
        StorageDescriptor: {
          Location: 's3://bucket/shop/order_lines/',
          Columns: [
            { Name: 'id', Type: 'string', Comment: 'x' },
            { Name: 'lines', Type: 'array<struct<sku:string>>' },
          ],
        },
      },
      OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE', Version: '2' } },
    })
  })

  it('refuses what would be lost there', () => {
    expect(() => toCloudFormation([orders], options)).toThrow(/table orders: .* no partition transforms; use Terraform/)
    const nested = tableOf(struct({ at: time() }))
    expect(() => toCloudFormation([nested], options)).toThrow(/table t: column c\.at: .* no time; use Terraform/)
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
