import { describe, expect, it } from 'vitest'
import { toCloudFormation } from '../../src/artefacts/cloudformation.ts'
import { checkTemplate } from '../../src/drift/check-template.ts'
import { orders, primitives } from '../artefacts/tables.ts'

type Json = { readonly [name: string]: unknown }
const one = (Type: string, Properties: Json): unknown => ({ Resources: { R: { Type, Properties } } })
const traps = (Type: string, Properties: Json): string[] => {
  const [{ traps } = { traps: [] }] = checkTemplate(one(Type, Properties))
  return traps.map(({ severity, path, what }) => `${severity} ${path}: ${what}`)
}
const iceberg = (input: Json, rest: Json = {}): Json => ({
  OpenTableFormatInput: {
    IcebergInput: { MetadataOperation: 'CREATE', Version: '2', IcebergTableInput: input, ...rest },
  },
})
const Properties = { 'write.metadata.delete-after-commit.enabled': 'true' }
const withFields = (Fields: readonly Json[], more: Json = {}): Json =>
  iceberg({ Schema: { Fields }, Properties, ...more })
const field = (more: Json): Json => ({ Id: 1, Name: 'a', Required: true, Type: 'string', ...more })

describe('checkTemplate', () => {
  it('finds nothing that breaks in what toCloudFormation writes', () => {
    const options = { database: 'shop', location: ({ name }: { name: string }) => `s3://bucket/${name}/` }
    const checked = checkTemplate(toCloudFormation([orders, primitives], options))
    expect(checked.map(({ resource }) => resource)).toEqual(['OrdersTable', 'PrimitivesTable'])
    expect(checked.flatMap(({ traps }) => traps).filter(({ severity }) => severity === 'breaking')).toEqual([])
  })

  it('finds the table whose first update erases table_type', () => {
    const TableInput = { Name: 't', StorageDescriptor: { Columns: [{ Name: 'a', Type: 'array<string>' }] } }
    const OpenTableFormatInput = { IcebergInput: { MetadataOperation: 'CREATE', Version: '2' } }
    const [found] = checkTemplate(one('AWS::Glue::Table', { TableInput, OpenTableFormatInput }))
    expect(found?.traps[0]?.consequence).toContain('first update of the stack erases table_type and metadata_location')
    expect(traps('AWS::Glue::Table', { TableInput, ...withFields([field({})]) })).toEqual([
      'breaking TableInput: TableInput is beside OpenTableFormatInput',
    ])
  })

  it('finds hollow tables and metadata locations, and leaves Hive tables alone', () => {
    const table = (Parameters: Json): string[] => traps('AWS::Glue::Table', { TableInput: { Parameters } })
    expect(table({ table_type: 'ICEBERG' })[0]).toContain('no metadata_location and no OpenTableFormatInput')
    expect(table({ table_type: 'iceberg', metadata_location: 's3://b/m.json' })[0]).toContain('has a metadata_location')
    expect(table({ classification: 'parquet' })).toEqual([])
  })

  it.each([
    [{ Type: 'bigint' }, 'the type is bigint'],
    [{ Type: 'decimal(10,2)' }, 'the type is decimal(10,2)'],
    [{ Type: 'array<string>' }, 'the type is array<string>'],
    [{ Type: 'variant' }, 'the type is variant'],
    [{ Type: '{"type":"list"' }, 'the nested type is not valid JSON'],
    [{ Type: { type: 'list' } }, 'the nested type is an object'],
    [{ Id: undefined }, 'the field has no Id'],
    [{ Id: 2_147_483_448 }, 'the Id is 2147483448'],
    [{ Name: 'Mail' }, 'the name has capital letters'],
    [{ Name: '_pos' }, 'the name is reserved for a metadata column'],
  ])('finds a wrong field: %j', (more, what) => {
    expect(traps('AWS::Glue::Table', withFields([field(more)]))).toEqual([expect.stringContaining(what)])
  })

  it('finds ids inside nested types that are missing or another field has', () => {
    const list = (id: number | undefined): Json => {
      const type = { type: 'list', 'element-id': id, element: 'decimal(9,2)', 'element-required': true }
      return field({ Id: 2, Name: 'l', Type: JSON.stringify(type) })
    }
    expect(traps('AWS::Glue::Table', withFields([field({}), list(1)]))).toEqual([
      'breaking l.element: the type is decimal(9,2)',
      'breaking l.element: the Id 1 is also that of a',
    ])
    expect(traps('AWS::Glue::Table', withFields([list(undefined)]))[0]).toContain('the nested field has no id')
  })

  it('finds keys and partitions that Iceberg refuses', () => {
    const schema = {
      Fields: [field({ Required: false }), field({ Id: 2, Name: 'b', Type: 'double' })],
      IdentifierFieldIds: [1, 2, 7],
    }
    const PartitionSpec = {
      Fields: [
        { SourceId: 9, FieldId: 1000, Name: 'x', Transform: 'day' },
        { SourceId: 1, FieldId: 1000, Name: 'y', Transform: 'bucket(4)' },
        { SourceId: 1, Name: 'z', Transform: 'identity' },
      ],
    }
    expect(traps('AWS::Glue::Table', iceberg({ Schema: schema, PartitionSpec, Properties }))).toEqual([
      'breaking a: an identifier field is not Required',
      'breaking b: an identifier field is double',
      'breaking IdentifierFieldIds: there is no column with the Id 7',
      'breaking PartitionSpec.x: there is no column with the Id 9',
      'breaking PartitionSpec.y: the FieldId 1000 is below 1000 or appears twice',
      'breaking PartitionSpec.y: Transform is bucket(4)',
      'breaking PartitionSpec.z: there is no FieldId',
    ])
  })

  it('notes metadata that is never cleaned up, and refuses version 3', () => {
    expect(traps('AWS::Glue::Table', iceberg({ Schema: { Fields: [field({})] } }, { Version: '3' }))).toEqual([
      'breaking OpenTableFormatInput.IcebergInput.Version: the format version is 3',
      'note Properties: write.metadata.delete-after-commit.enabled is not true',
    ])
  })

  it('notes short buffers, withdrawn settings and missing logs of a stream', () => {
    const destination = (more: Json): string[] =>
      traps('AWS::KinesisFirehose::DeliveryStream', {
        IcebergDestinationConfiguration: { S3Configuration: {}, ...more },
      })
    const logged = { CloudWatchLoggingOptions: { Enabled: true } }
    expect(destination({ ...logged, BufferingHints: { IntervalInSeconds: 300 } })).toEqual([])
    expect(destination({ ...logged, BufferingHints: { IntervalInSeconds: 60 } })[0]).toContain('1,440 commits a day')
    expect(destination({ SchemaEvolutionConfiguration: { Enabled: true } })).toHaveLength(2)
    expect(traps('AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: {} })).toEqual([])
  })

  it('leaves values alone that are known only at deployment', () => {
    const Ref = { Ref: 'Parameter' }
    const types = one(
      'AWS::Glue::Table',
      iceberg({ Schema: { Fields: Ref, IdentifierFieldIds: Ref }, PartitionSpec: Ref, Properties }),
    )
    expect(checkTemplate(types)[0]?.traps).toEqual([])
  })

  it.each([[[]], [{}], ['x'], [null], [{ Resources: [] }]])('refuses what is no template: %j', (json) => {
    expect(() => checkTemplate(json, 'a.json')).toThrow('a.json: expected a CloudFormation template')
  })
})
