import type { Table } from '../table/table.ts'
import { cloudFormationColumns } from './cloudformation-hive-columns.ts'
import { type CreateOptions, checkCreation, tableProperties } from './create-options.ts'
import { toIcebergPartitionSpec, toIcebergSchema } from './iceberg.ts'
import type { IcebergField, IcebergPartitionField } from './iceberg-type.ts'
import { uniqueNames } from './unique-names.ts'

/** A CloudFormation template. */
export interface CloudFormationTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09'
  readonly Resources: { readonly [logicalId: string]: CloudFormationTable }
}

/** One `AWS::Glue::Table`. */
export interface CloudFormationTable {
  readonly Type: 'AWS::Glue::Table'
  readonly Properties: { readonly [name: string]: unknown }
}

const ICEBERG_V2 = { MetadataOperation: 'CREATE', Version: '2' }

/**
 * Writes a CloudFormation template that creates tables in Glue as Iceberg v2. A table of primitive columns is created
 * from its Iceberg schema, with keys and partitions. There is no documented way to write a nested type there, so a table with
 * one is created from its Hive columns, which have neither nullability nor keys.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-table.html
 *
 * @throws IcebergRouterError `InvalidOptions` for a database, a location or a comment that Glue refuses, and for a table
 * with nested columns that is partitioned or has columns of a type that Hive does not have
 */
export function toCloudFormation(tables: readonly Table[], options: CreateOptions): CloudFormationTemplate {
  const problems: string[] = []
  const properties = tables.map((table) => tableProperty(table, options, problems))
  checkCreation('CloudFormation template', tables, options, problems)
  const ids = uniqueNames(
    tables.map(({ name }) => name),
    logicalId,
  )
  const resources = properties.map((Properties, index) => [ids[index] ?? '', { Type: 'AWS::Glue::Table', Properties }])
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(resources) }
}

function tableProperty(table: Table, options: CreateOptions, problems: string[]): object {
  const { database: DatabaseName } = options
  const common = { CatalogId: { Ref: 'AWS::AccountId' }, DatabaseName }
  const isFlat = toIcebergSchema(table).fields.every(({ type }) => typeof type === 'string')
  if (!isFlat) {
    const { TableInput } = cloudFormationColumns(table, options.location(table), problems)
    return { ...common, TableInput, OpenTableFormatInput: { IcebergInput: ICEBERG_V2 } }
  }
  const IcebergTableInput = icebergTableInput(table, options)
  return { ...common, Name: table.name, OpenTableFormatInput: { IcebergInput: { ...ICEBERG_V2, IcebergTableInput } } }
}

function icebergTableInput(table: Table, options: CreateOptions): object {
  const { fields, ...schema } = toIcebergSchema(table)
  const keys = schema['identifier-field-ids']
  const spec = toIcebergPartitionSpec(table)
  return {
    Location: options.location(table),
    Schema: {
      Type: 'struct',
      SchemaId: schema['schema-id'],
      ...(keys === undefined ? {} : { IdentifierFieldIds: keys }),
      Fields: fields.map(toField),
    },
    ...(spec.fields.length === 0
      ? {}
      : { PartitionSpec: { SpecId: spec['spec-id'], Fields: spec.fields.map(toPartition) } }),
    Properties: tableProperties(options),
  }
}

function toField({ id, name, required, type, doc }: IcebergField): object {
  return { Id: id, Name: name, Required: required, Type: type, ...(doc === undefined ? {} : { Doc: doc }) }
}

function toPartition(field: IcebergPartitionField): object {
  return {
    SourceId: field['source-id'],
    FieldId: field['field-id'],
    Name: field.name,
    Transform: field.transform,
  }
}

/** A logical id has letters and digits only: `send_log` becomes `SendLogTable`. */
function logicalId(name: string): string {
  const words = name.split('_').map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
  return `${words.join('')}Table`
}
