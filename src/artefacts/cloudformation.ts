import type { Table } from '../table/table.ts'
import { type CreateOptions, checkCreation, tableProperties } from './create-options.ts'
import type { IcebergField, IcebergPartitionField } from './iceberg-type.ts'
import { icebergForm } from './id-lock.ts'
import { type IcebergSortField, toSortOrder } from './sort-order.ts'
import { type CloudFormationTableOptimizer, cloudFormationOptimizers, optimizerProblems } from './table-optimizers.ts'
import { uniqueNames } from './unique-names.ts'

/** A CloudFormation template. */
export interface CloudFormationTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09'
  readonly Resources: { readonly [logicalId: string]: CloudFormationTable | CloudFormationTableOptimizer }
}

/** One `AWS::Glue::Table`. */
export interface CloudFormationTable {
  readonly Type: 'AWS::Glue::Table'
  readonly Properties: { readonly [name: string]: unknown }
}

/**
 * Writes a CloudFormation template that creates tables in Glue as Iceberg v2, with every type, key, partition and id. All of a
 * table is under `IcebergTableInput`: Glue would take a `TableInput` beside it for the whole table at the first update of the
 * stack, and `table_type` and `metadata_location` would be gone.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-table.html
 *
 * An update of the stack changes the table. Without a `lock`, a new column may move the ids of nested fields, and old files would
 * be read wrongly: keep a lock file for tables with nested columns (`lockIds`).
 *
 * @throws IcebergRouterError `InvalidOptions` for a database, a location or a comment that Glue refuses, or a sort column that
 * the table does not have
 */
export function toCloudFormation(tables: readonly Table[], options: CreateOptions): CloudFormationTemplate {
  const problems: string[] = []
  const properties = tables.map((table) => tableProperty(table, options, problems))
  problems.push(...optimizerProblems(options.optimizers))
  checkCreation('CloudFormation template', tables, options, problems)
  const ids = uniqueNames(
    tables.map(({ name }) => name),
    logicalId,
  )
  const resources = properties.flatMap((Properties, index) => {
    const id = ids[index] ?? ''
    const table = [id, { Type: 'AWS::Glue::Table', Properties }] as const
    return [table, ...cloudFormationOptimizers(id, options)]
  })
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(resources) }
}

function tableProperty(table: Table, options: CreateOptions, problems: string[]): object {
  return {
    CatalogId: { Ref: 'AWS::AccountId' },
    DatabaseName: options.database,
    Name: table.name,
    OpenTableFormatInput: {
      IcebergInput: {
        MetadataOperation: 'CREATE',
        Version: '2',
        IcebergTableInput: icebergTableInput(table, options, problems),
      },
    },
  }
}

function icebergTableInput(table: Table, options: CreateOptions, problems: string[]): object {
  const { schema, spec } = icebergForm(table, options.lock)
  const keys = schema['identifier-field-ids']
  const found: string[] = []
  const order = toSortOrder(options.sortBy?.(table), schema, found)
  problems.push(...found.map((problem) => `table ${table.name}: ${problem}`))
  return {
    Location: options.location(table),
    Schema: {
      Type: 'struct',
      SchemaId: schema['schema-id'],
      ...(keys === undefined ? {} : { IdentifierFieldIds: keys }),
      Fields: schema.fields.map(toField),
    },
    ...(spec.fields.length === 0
      ? {}
      : { PartitionSpec: { SpecId: spec['spec-id'], Fields: spec.fields.map(toPartition) } }),
    ...(order === undefined
      ? {}
      : { WriteOrder: { OrderId: order['order-id'], Fields: order.fields.map(toSortField) } }),
    Properties: tableProperties(options),
  }
}

/** A nested type is the text of its JSON, with the ids of its fields; a primitive is its bare name. */
function toField({ id, name, required, type, doc }: IcebergField): object {
  const Type = typeof type === 'string' ? type : JSON.stringify(type)
  return { Id: id, Name: name, Required: required, Type, ...(doc === undefined ? {} : { Doc: doc }) }
}

function toPartition(field: IcebergPartitionField): object {
  return {
    SourceId: field['source-id'],
    FieldId: field['field-id'],
    Name: field.name,
    Transform: field.transform,
  }
}

function toSortField(field: IcebergSortField): object {
  return {
    SourceId: field['source-id'],
    Transform: field.transform,
    Direction: field.direction,
    NullOrder: field['null-order'],
  }
}

/** A logical id has letters and digits only: `send_log` becomes `SendLogTable`. */
function logicalId(name: string): string {
  const words = name.split('_').map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
  return `${words.join('')}Table`
}
