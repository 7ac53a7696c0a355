import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toAthenaDdl } from '../../src/artefacts/athena.ts'
import { toCloudFormation } from '../../src/artefacts/cloudformation.ts'
import { toS3Tables, toS3TablesCloudFormation, toS3TablesMaintenance } from '../../src/artefacts/s3-tables.ts'
import { toTableOptimizers } from '../../src/artefacts/table-optimizers.ts'
import { toTerraform } from '../../src/artefacts/terraform.ts'
import { orders, primitives } from './tables.ts'

const roleArn = 'arn:aws:iam::123456789012:role/optimizers'
const place = { database: 'shop', location: ({ name }: { name: string }) => `s3://bucket/${name}/` }
const tableBucketArn = 'arn:aws:s3tables:eu-central-1:123456789012:bucket/lake'

interface Block {
  readonly [name: string]: { readonly required?: boolean; readonly block?: Block }
}
const provider: { readonly resource: { readonly [type: string]: Block } } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../deploy/provider/schema.json'), 'utf8'),
)

/** What the provider does not know, or misses, in a resource. */
function mistakes(value: object, block: Block): string[] {
  const missing = Object.keys(block).filter((name) => block[name]?.required === true && !Object.hasOwn(value, name))
  const inner = Object.entries(value).flatMap(([name, member]) => {
    const declared = block[name]
    if (declared === undefined) return [`${name} is unknown`]
    return declared.block === undefined ? [] : member.flatMap((one: object) => mistakes(one, declared.block ?? {}))
  })
  return [...missing.map((name) => `${name} is missing`), ...inner]
}

describe('upkeep by default', () => {
  it('is in every artefact: old metadata files go, and expiry knows what to keep', () => {
    for (const text of [toCloudFormation([orders], place), toTerraform([orders], place)].map((it) =>
      JSON.stringify(it),
    )) {
      for (const [name, value] of [
        ['write.metadata.delete-after-commit.enabled', 'true'],
        ['write.metadata.previous-versions-max', '100'],
        ['history.expire.max-snapshot-age-ms', '432000000'],
        ['history.expire.min-snapshots-to-keep', '1'],
        ['write.target-file-size-bytes', '536870912'],
        ['vacuum_max_snapshot_age_seconds', '432000'],
      ])
        expect(text).toContain(`"${name}":"${value}"`)
    }
    const ddl = toAthenaDdl(orders, { database: 'shop', location: 's3://bucket/orders/' })
    expect(ddl).toContain("'vacuum_max_metadata_files_to_keep'='100'")
    // Athena has a closed list of properties.
    expect(ddl).not.toContain('write.metadata')
  })

  it('can be changed by the caller', () => {
    const properties = { 'write.metadata.previous-versions-max': '7' }
    expect(JSON.stringify(toTerraform([orders], { ...place, properties }))).toContain('versions-max":"7"')
  })
})

describe('toTableOptimizers', () => {
  const options = { roleArn, catalogId: '123456789012', database: 'shop' }

  it('writes three calls for each table', () => {
    const calls = toTableOptimizers([orders, primitives], {
      ...options,
      strategy: 'sort',
      snapshotDays: 2,
      snapshots: 3,
    })
    expect(calls.map(({ TableName, Type }) => `${TableName} ${Type}`)).toEqual(
      ['orders', 'primitives'].flatMap((name) =>
        ['compaction', 'retention', 'orphan_file_deletion'].map((type) => `${name} ${type}`),
      ),
    )
    expect(calls.map(({ TableOptimizerConfiguration }) => TableOptimizerConfiguration).slice(0, 3)).toEqual([
      { roleArn, enabled: true, compactionConfiguration: { icebergConfiguration: { strategy: 'sort' } } },
      {
        roleArn,
        enabled: true,
        retentionConfiguration: {
          icebergConfiguration: {
            snapshotRetentionPeriodInDays: 2,
            numberOfSnapshotsToRetain: 3,
            cleanExpiredFiles: true,
          },
        },
      },
      {
        roleArn,
        enabled: true,
        orphanFileDeletionConfiguration: { icebergConfiguration: { orphanFileRetentionPeriodInDays: 3 } },
      },
    ])
  })

  it.each([
    [{ roleArn: 'role' }, 'optimizers.roleArn'],
    [{ catalogId: '12' }, 'catalogId'],
    [{ snapshots: 0 }, 'optimizers.snapshots'],
    [{ orphanDays: 1.5 }, 'optimizers.orphanDays'],
    [{ strategy: 'best' as 'sort' }, 'optimizers.strategy'],
    [{ database: 'Shop' }, 'database'],
  ])('refuses what Glue refuses: %j', (wrong, problem) => {
    expect(() => toTableOptimizers([orders], { ...options, ...wrong })).toThrow(problem)
  })

  it('is in CloudFormation behind the table, whose name it refers to', () => {
    const optimizers = { roleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }
    const { Resources } = toCloudFormation([orders], { ...place, optimizers })
    expect(Object.keys(Resources)).toEqual([
      'OrdersTable',
      'OrdersTableCompaction',
      'OrdersTableRetention',
      'OrdersTableOrphanFileDeletion',
    ])
    expect(Resources['OrdersTableCompaction']?.Properties).toMatchObject({ TableName: { Ref: 'OrdersTable' } })
  })

  it('is in Terraform as its provider declares it', () => {
    const optimizers = { roleArn: '$' + '{aws_iam_role.optimizers.arn}' }
    const { aws_glue_catalog_table_optimizer: resources = {} } = toTerraform([orders], {
      ...place,
      optimizers,
    }).resource
    expect(Object.keys(resources)).toEqual(['orders_compaction', 'orders_retention', 'orders_orphan_file_deletion'])
    for (const resource of Object.values(resources)) {
      expect(mistakes(resource, provider.resource['aws_glue_catalog_table_optimizer'] ?? {})).toEqual([])
    }
    expect(mistakes({ type: 'x' }, provider.resource['aws_glue_catalog_table_optimizer'] ?? {})).toContain(
      'table_name is missing',
    )
    expect(() => toTerraform([orders], { ...place, optimizers: { ...optimizers, strategy: 'sort' } })).toThrow(
      'optimizers.strategy: the AWS provider knows binpack only',
    )
  })
})

describe('S3 Tables', () => {
  const options = { tableBucketArn, namespace: 'shop' }

  it('has nested types, keys, partitions, sort order and properties', () => {
    const [call] = toS3Tables([orders], { ...options, sortBy: () => [{ column: 'region' }] })
    expect(call).toMatchObject({ tableBucketARN: tableBucketArn, namespace: 'shop', name: 'orders', format: 'ICEBERG' })
    const { schemaV2, partitionSpec, writeOrder, properties } = call?.metadata.iceberg ?? {}
    expect(schemaV2).toMatchObject({ type: 'struct', identifierFieldIds: [1, 3] })
    expect(JSON.stringify(schemaV2)).toContain('"type":{"type":"list","element-id":')
    expect(JSON.stringify(partitionSpec)).toContain('"transform":"bucket[16]"')
    expect(writeOrder).toMatchObject({ orderId: 1, fields: [{ sourceId: 3 }] })
    expect(properties).toEqual({ 'write.format.default': 'parquet' })
  })

  it('is kept in order: compaction and snapshots', () => {
    expect(toS3TablesMaintenance([orders], options).map(({ type }) => type)).toEqual([
      'icebergCompaction',
      'icebergSnapshotManagement',
    ])
    const [resource] = Object.values(toS3TablesCloudFormation([orders], options).Resources)
    expect(resource).toMatchObject({ Properties: { SnapshotManagement: { MaxSnapshotAgeHours: 120 } } })
  })

  it.each([
    [{ tableBucketArn: 'arn:aws:s3:::bucket' }, 'tableBucketArn'],
    [{ namespace: 'Shop' }, 'namespace'],
    [{ sortBy: () => [{ column: 'nope' }] }, 'table orders: sortBy'],
  ])('refuses a wrong place (case %#)', (wrong, problem) => {
    expect(() => toS3Tables([orders], { ...options, ...wrong })).toThrow(problem)
  })
})
