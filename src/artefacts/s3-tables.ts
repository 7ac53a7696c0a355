import type { Table } from '../table/table.ts'
import type { CreateOptions } from './create-options.ts'
import { type IcebergForm, icebergForm } from './id-lock.ts'
import { databaseProblems, refuseProblems } from './place.ts'
import { type IcebergSortOrder, toSortOrder } from './sort-order.ts'
import { uniqueNames } from './unique-names.ts'
import { FILE_MIB, SNAPSHOT_DAYS, SNAPSHOTS } from './upkeep-properties.ts'

/** Where to create tables in S3 Tables, and how. */
export interface S3TablesOptions extends Pick<CreateOptions, 'properties' | 'sortBy' | 'lock'> {
  /** The ARN of the table bucket; for CloudFormation also an expression such as `{ Ref: 'Bucket' }`. */
  readonly tableBucketArn: string | { readonly [intrinsic: string]: unknown }
  /** The namespace, which is the database of the router. */
  readonly namespace: string
}

/** The parameters of `s3tables:CreateTable`. */
export interface S3TablesRequest {
  readonly tableBucketARN: S3TablesOptions['tableBucketArn']
  readonly namespace: string
  readonly name: string
  readonly format: 'ICEBERG'
  readonly metadata: { readonly iceberg: { readonly [name: string]: unknown } }
}

/** The parameters of `s3tables:PutTableMaintenanceConfiguration`. */
export interface S3TablesMaintenanceRequest {
  readonly tableBucketARN: S3TablesOptions['tableBucketArn']
  readonly namespace: string
  readonly name: string
  readonly type: 'icebergCompaction' | 'icebergSnapshotManagement'
  readonly value: object
}

const PARQUET = { 'write.format.default': 'parquet' }

/**
 * Writes the calls of `s3tables:CreateTable`, with every type, key, partition and id. S3 Tables keeps its tables in order itself.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_s3Buckets_CreateTable.html
 *
 * @throws IcebergRouterError `InvalidOptions` for a namespace, a bucket or a sort column that S3 Tables refuses
 */
export function toS3Tables(tables: readonly Table[], options: S3TablesOptions): S3TablesRequest[] {
  const { tableBucketArn: tableBucketARN, namespace } = options
  return formsOf(tables, options, 'calls for S3 Tables').map(({ name, form, order }) => {
    const keys = form.schema['identifier-field-ids']
    const iceberg = {
      schemaV2: {
        type: 'struct',
        schemaId: 0,
        ...(keys === undefined ? {} : { identifierFieldIds: keys }),
        fields: form.schema.fields,
      },
      ...(form.spec.fields.length === 0 ? {} : { partitionSpec: { specId: 0, fields: partitions(form) } }),
      ...(order === undefined ? {} : { writeOrder: { orderId: order['order-id'], fields: sortFields(order) } }),
      properties: { ...PARQUET, ...options.properties },
    }
    return { tableBucketARN, namespace, name, format: 'ICEBERG', metadata: { iceberg } }
  })
}

/**
 * Writes a CloudFormation template with an `AWS::S3Tables::Table` for each table, with compaction and snapshot management.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3tables-table.html
 *
 * @throws IcebergRouterError `InvalidOptions` for a namespace, a bucket or a sort column that S3 Tables refuses
 */
export function toS3TablesCloudFormation(
  tables: readonly Table[],
  options: S3TablesOptions,
): { readonly AWSTemplateFormatVersion: '2010-09-09'; readonly Resources: { readonly [id: string]: object } } {
  const ids = uniqueNames(
    tables.map(({ name }) => name),
    (name) =>
      `${name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase()).replaceAll('_', '')}S3Table`,
  )
  const resources = formsOf(tables, options, 'template for S3 Tables').map(({ name, form, order }, index) => {
    const keys = form.schema['identifier-field-ids']
    const IcebergMetadata = {
      IcebergSchemaV2: {
        SchemaV2FieldType: 'struct',
        SchemaId: 0,
        ...(keys === undefined ? {} : { IdentifierFieldIds: keys }),
        SchemaV2FieldList: form.schema.fields.map(({ id, name: Name, type, required, doc }) => {
          return { Id: id, Name, Type: type, Required: required, ...(doc === undefined ? {} : { Doc: doc }) }
        }),
      },
      ...(form.spec.fields.length === 0
        ? {}
        : { IcebergPartitionSpec: { SpecId: 0, Fields: partitions(form).map(capitalized) } }),
      ...(order === undefined
        ? {}
        : { IcebergSortOrder: { OrderId: order['order-id'], Fields: sortFields(order).map(capitalized) } }),
      TableProperties: { ...PARQUET, ...options.properties },
    }
    const Properties = {
      TableBucketARN: options.tableBucketArn,
      Namespace: options.namespace,
      TableName: name,
      OpenTableFormat: 'ICEBERG',
      IcebergMetadata,
      Compaction: { Status: 'enabled', TargetFileSizeMB: FILE_MIB },
      SnapshotManagement: {
        Status: 'enabled',
        MinSnapshotsToKeep: SNAPSHOTS,
        MaxSnapshotAgeHours: SNAPSHOT_DAYS * 24,
      },
    }
    return [ids[index] ?? name, { Type: 'AWS::S3Tables::Table', Properties }] as const
  })
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(resources) }
}

/**
 * Writes the calls of `s3tables:PutTableMaintenanceConfiguration` for tables that were created with the API or Terraform:
 * compaction, and expiry of snapshots after 5 days.
 *
 * @throws IcebergRouterError `InvalidOptions` for a namespace or a bucket that S3 Tables refuses
 */
export function toS3TablesMaintenance(
  tables: readonly Table[],
  options: S3TablesOptions,
): S3TablesMaintenanceRequest[] {
  const { tableBucketArn: tableBucketARN, namespace } = options
  return formsOf(tables, options, 'maintenance of S3 Tables').flatMap(({ name }) => {
    const table = { tableBucketARN, namespace, name }
    const compaction = { icebergCompaction: { targetFileSizeMB: FILE_MIB } }
    const snapshots = {
      icebergSnapshotManagement: { minSnapshotsToKeep: SNAPSHOTS, maxSnapshotAgeHours: SNAPSHOT_DAYS * 24 },
    }
    return [
      { ...table, type: 'icebergCompaction', value: { status: 'enabled', settings: compaction } },
      { ...table, type: 'icebergSnapshotManagement', value: { status: 'enabled', settings: snapshots } },
    ] as const
  })
}

interface NamedForm {
  readonly name: string
  readonly form: IcebergForm
  readonly order: IcebergSortOrder | undefined
}

function formsOf(tables: readonly Table[], options: S3TablesOptions, artefact: string): readonly NamedForm[] {
  const { tableBucketArn: arn, namespace } = options
  const problems = databaseProblems(namespace).map((problem) => problem.replace('database', 'namespace'))
  if (typeof arn === 'string' && !/^arn:aws[\w-]*:s3tables:[\w-]+:\d{12}:bucket\/[a-z0-9-]{3,63}$/.test(arn)) {
    problems.push('tableBucketArn: expected arn:aws:s3tables:<region>:<account>:bucket/<name>')
  }
  const forms = tables.map((table) => {
    const form = icebergForm(table, options.lock)
    const found: string[] = []
    const order = toSortOrder(options.sortBy?.(table), form.schema, found)
    problems.push(...found.map((problem) => `table ${table.name}: ${problem}`))
    return { name: table.name, form, order }
  })
  refuseProblems(artefact, problems)
  return forms
}

function partitions({ spec }: IcebergForm): readonly object[] {
  return spec.fields.map((field) => {
    const { name, transform } = field
    return { sourceId: field['source-id'], fieldId: field['field-id'], name, transform }
  })
}

function sortFields({ fields }: IcebergSortOrder): readonly object[] {
  return fields.map((field) => {
    const { transform, direction } = field
    return { sourceId: field['source-id'], transform, direction, nullOrder: field['null-order'] }
  })
}

function capitalized(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, inner]),
  )
}
