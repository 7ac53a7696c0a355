import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { toAthenaDdl } from '../../src/artefacts/athena.ts'
import { toCloudFormation } from '../../src/artefacts/cloudformation.ts'
import { toFirehoseTables } from '../../src/artefacts/firehose-tables.ts'
import { toGlueStorageDescriptor } from '../../src/artefacts/glue.ts'
import { toIcebergPartitionSpec, toIcebergSchema } from '../../src/artefacts/iceberg.ts'
import { toS3Tables, toS3TablesCloudFormation, toS3TablesMaintenance } from '../../src/artefacts/s3-tables.ts'
import { toTableOptimizers } from '../../src/artefacts/table-optimizers.ts'
import { ATHENA_UPKEEP } from '../../src/artefacts/upkeep-properties.ts'
import { bucket, day, hour, identity, month, truncate, year } from '../../src/table/partition.ts'
import { defineTable, type Table } from '../../src/table/table.ts'
import { list } from '../../src/table/types/list.ts'
import { long } from '../../src/table/types/long.ts'
import { string } from '../../src/table/types/string.ts'
import { struct } from '../../src/table/types/struct.ts'
import { timestamp } from '../../src/table/types/timestamp.ts'
import { tableInput } from '../artefacts/cloudformation-update.ts'
import { orders, primitives, tableOf } from '../artefacts/tables.ts'

const python = spawn(
  fileURLToPath(new URL('../../.venv/bin/python', import.meta.url)),
  [fileURLToPath(new URL('artefacts.py', import.meta.url))],
  { stdio: ['pipe', 'pipe', 'inherit'] },
)
const answers = createInterface(python.stdout)[Symbol.asyncIterator]()

afterAll(() => void python.stdin.end())

/** Asks the Python side one question; tests run one after the other, so the next line is the answer. */
async function ask(kind: string, value: unknown): Promise<{ readonly answer?: unknown; readonly error?: string }> {
  python.stdin.write(`${JSON.stringify({ kind, value })}\n`)
  const { value: line } = await answers.next()
  return JSON.parse(line ?? '{"error":"the Python side has ended"}')
}

const transforms = defineTable({
  name: 'transforms',
  columns: { at: timestamp(), id: long(), name: string() },
  partitionBy: [year('at'), bucket(16, 'id'), truncate(3, 'name'), identity('name')],
})

const tables: readonly (readonly [string, Table])[] = [
  ['orders', orders],
  ['primitives', primitives],
  ['transforms', transforms],
  ...[month('at'), day('at'), hour('at')].map((field) => {
    return [field.transform, defineTable({ name: 't', columns: { at: timestamp() }, partitionBy: [field] })] as const
  }),
]

const icebergForm = (table: Table): object => ({
  schema: toIcebergSchema(table),
  'partition-spec': toIcebergPartitionSpec(table),
})

describe('Iceberg JSON', () => {
  it.each(tables)('%s means to PyIceberg what it says', async (_, table) => {
    const { answer, error } = await ask('iceberg', icebergForm(table))
    expect(error).toBeUndefined()
    const schema = toIcebergSchema(table)
    expect(answer).toMatchObject({
      schema: { ...schema, 'identifier-field-ids': schema['identifier-field-ids'] ?? [] },
      'partition-spec': toIcebergPartitionSpec(table),
    })
  })

  it('is read by something that refuses what is wrong', async () => {
    const schema = { ...toIcebergSchema(orders), fields: [{ id: 1, name: 'c', required: true, type: 'text' }] }
    expect((await ask('iceberg', { ...icebergForm(orders), schema })).error).toMatch(/ValidationError/)
  })
})

describe('Glue columns', () => {
  it.each(tables)("%s is what PyIceberg's Glue catalog writes", async (_, table) => {
    const { answer } = await ask('glue', icebergForm(table))
    expect(answer).toEqual(toGlueStorageDescriptor(table, { location: 's3://bucket/table/' }).Columns)
  })
})

describe('Athena DDL', () => {
  it('is understood by a parser of its dialect', async () => {
    const ddl = toAthenaDdl(orders, { database: 'shop', location: 's3://bucket/orders/' })
    expect((await ask('athena', ddl)).answer).toEqual({
      table: ['shop', 'orders'],
      columns: [
        ['order', 'bigint'],
        ['timestamp', 'timestamp'],
        ['region', 'string'],
        ['total', 'decimal(10, 2)'],
        ['note', 'string'],
        ['lines', 'array<struct<`sku`: string, `date`: date, `price`: decimal(10, 2)>>'],
        ['labels', 'map<string, int>'],
        ['raw', 'string'],
      ],
      comments: { order: "assigned by the shop's till" },
      partition: ['day(`timestamp`)', 'bucket(16, `order`)', '`region`', 'truncate(3, `note`)'],
      properties: { table_type: 'ICEBERG', format: 'parquet', ...ATHENA_UPKEEP },
    })
  })

  it('is read by something that refuses what is wrong', async () => {
    expect((await ask('athena', 'CREATE TABLE a.b (c array<>) PARTITIONED BY (day(')).error).toMatch(/Error/)
  })
})

describe('calls of the API', () => {
  const roleArn = 'arn:aws:iam::123456789012:role/optimizers'
  const bucket = { tableBucketArn: 'arn:aws:s3tables:us-east-1:123456789012:bucket/lake', namespace: 'shop' }
  const sortBy = (table: Table) => (table === orders ? [{ column: 'region' }] : undefined)

  it.each([
    [
      'glue',
      'CreateTableOptimizer',
      toTableOptimizers([orders], { roleArn, catalogId: '123456789012', database: 'shop' }),
    ],
    ['s3tables', 'CreateTable', toS3Tables([orders, primitives, transforms], { ...bucket, sortBy })],
    ['s3tables', 'PutTableMaintenanceConfiguration', toS3TablesMaintenance([orders], bucket)],
  ])('%s %s is what botocore takes', async (service, operation, calls) => {
    for (const parameters of calls) {
      expect(await ask('api', { service, operation, parameters })).toEqual({ answer: '' })
      const { answer } = await ask('api', { service, operation, parameters: { ...parameters, more: 1 } })
      expect(answer).toContain('Unknown parameter in input: "more"')
    }
  })
})

describe('CloudFormation', () => {
  const options = { database: 'shop', location: (table: Table) => `s3://bucket/${table.name}/` }
  const nested = tableOf(list(struct({ sku: string() })))

  it('passes cfn-lint', async () => {
    const sortBy = (table: Table) => (table === orders ? [{ column: 'region' }] : undefined)
    const template = toCloudFormation([primitives, transforms, nested, orders], { ...options, sortBy })
    expect(await ask('cloudformation', template)).toEqual({ answer: [] })
  })

  it.each([
    ['orders', orders],
    ['primitives', primitives],
    ['nested', nested],
  ])('%s has the schema that PyIceberg reads from the declaration', async (_, table) => {
    const [resource] = Object.values(toCloudFormation([table], options).Resources)
    const { Schema, PartitionSpec } = tableInput(resource?.Properties)
    const fields = Schema.Fields.map((field) => {
      const { Id: id, Name: name, Type, Required: required, Doc: doc } = field
      return {
        id,
        name,
        required,
        type: Type.startsWith('{') ? JSON.parse(Type) : Type,
        ...(doc !== undefined && { doc }),
      }
    })
    const spec = (PartitionSpec?.Fields ?? []).map(({ SourceId, FieldId, Name, Transform }) => {
      return { 'source-id': SourceId, 'field-id': FieldId, name: Name, transform: Transform }
    })
    const { answer } = await ask('iceberg', {
      schema: { type: 'struct', 'schema-id': 0, 'identifier-field-ids': Schema.IdentifierFieldIds ?? [], fields },
      'partition-spec': { 'spec-id': 0, fields: spec },
    })
    expect(answer).toEqual((await ask('iceberg', icebergForm(table))).answer)
  })

  it('passes cfn-lint with a stream that has the tables', async () => {
    const arn = (rest: string): string => `arn:aws:${rest}`
    const template = toCloudFormation([primitives], options)
    const stream = {
      Type: 'AWS::KinesisFirehose::DeliveryStream',
      Properties: {
        DeliveryStreamType: 'DirectPut',
        IcebergDestinationConfiguration: {
          RoleARN: arn('iam::123456789012:role/firehose'),
          CatalogConfiguration: { CatalogArn: arn('glue:us-east-1:123456789012:catalog') },
          S3Configuration: { BucketARN: arn('s3:::bucket'), RoleARN: arn('iam::123456789012:role/firehose') },
          DestinationTableConfigurationList: toFirehoseTables([primitives, transforms], {
            database: 'shop',
            s3ErrorOutputPrefix: 'errors/',
          }),
        },
      },
    }
    expect(await ask('cloudformation', { ...template, Resources: { ...template.Resources, stream } })).toEqual({
      answer: [],
    })
  })

  it('passes cfn-lint with table optimizers', async () => {
    const optimizers = { roleArn: 'arn:aws:iam::123456789012:role/optimizers', strategy: 'sort' } as const
    expect(await ask('cloudformation', toCloudFormation([orders], { ...options, optimizers }))).toEqual({ answer: [] })
  })

  it('passes cfn-lint with S3 Tables', async () => {
    const tableBucketArn = 'arn:aws:s3tables:us-east-1:123456789012:bucket/lake'
    const sortBy = (table: Table) => (table === orders ? [{ column: 'region' }] : undefined)
    const template = toS3TablesCloudFormation([orders, primitives], { tableBucketArn, namespace: 'shop', sortBy })
    expect(await ask('cloudformation', template)).toEqual({ answer: [] })
    const wrong = JSON.parse(JSON.stringify(template).replace('"SchemaV2FieldType"', '"Type"'))
    expect(JSON.stringify(await ask('cloudformation', wrong))).toContain("'SchemaV2FieldType' is a required property")
  })

  it('is read by something that finds mistakes', async () => {
    const text = JSON.stringify(toCloudFormation([primitives], options)).replace('"SourceId"', '"Source"')
    const { answer } = await ask('cloudformation', JSON.parse(text))
    expect(answer).toEqual(expect.arrayContaining([expect.stringMatching(/^E3002 .*'Source'/)]))
  })
})
