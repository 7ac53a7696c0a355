import type { Table } from '../table/table.ts'
import { type CreateOptions, checkCreation, tableProperties } from './create-options.ts'
import type { IcebergField, IcebergPartitionField } from './iceberg-type.ts'
import { icebergForm } from './id-lock.ts'
import { optimizerProblems, terraformOptimizers } from './table-optimizers.ts'
import { uniqueNames } from './unique-names.ts'

/** A Terraform configuration as JSON: the content of a `.tf.json` file. */
export interface TerraformConfiguration {
  readonly resource: {
    readonly aws_glue_catalog_table: { readonly [name: string]: TerraformTable }
    /** Only with the option `optimizers`. */
    readonly aws_glue_catalog_table_optimizer?: { readonly [name: string]: object }
  }
}

/** One `aws_glue_catalog_table`. A block of Terraform is a list of one object in JSON. */
export interface TerraformTable {
  readonly name: string
  readonly database_name: string
  readonly open_table_format_input: readonly unknown[]
  readonly lifecycle: { readonly ignore_changes: readonly string[] }
}

/**
 * Writes the Terraform resources that create tables in Glue as Iceberg v2, with every type, key and partition. They need
 * version 6 of the AWS provider: version 5 does not have `iceberg_table_input`.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/glue_catalog_table
 *
 * @throws IcebergRouterError `InvalidOptions` for a database, a location or a comment that Glue refuses, and for a
 * sort order
 */
export function toTerraform(tables: readonly Table[], options: CreateOptions): TerraformConfiguration {
  const sorted = tables.filter((table) => (options.sortBy?.(table) ?? []).length > 0)
  const problems = sorted.map(({ name }) => {
    return `table ${name}: sortBy: the AWS provider 6.66 has no write_order; use CloudFormation, or Spark's WRITE ORDERED BY`
  })
  problems.push(...optimizerProblems(options.optimizers))
  if ((options.optimizers?.strategy ?? 'binpack') !== 'binpack') {
    problems.push('optimizers.strategy: the AWS provider knows binpack only; use CloudFormation or toTableOptimizers')
  }
  checkCreation('Terraform configuration', tables, options, problems)
  const names = uniqueNames(
    tables.map(({ name }) => name),
    // A name in Terraform may not begin with a digit.
    (name) => (/^\d/.test(name) ? `t_${name}` : name),
  )
  const resources = tables.map((table, index) => [names[index] ?? table.name, toResource(table, options)] as const)
  const optimizers = resources.flatMap(([name]) => terraformOptimizers(name, options))
  return {
    resource: {
      aws_glue_catalog_table: Object.fromEntries(resources),
      ...(optimizers.length === 0 ? {} : { aws_glue_catalog_table_optimizer: Object.fromEntries(optimizers) }),
    },
  }
}

function toResource(table: Table, options: CreateOptions): TerraformTable {
  const input = { metadata_operation: 'CREATE', version: '2', iceberg_table_input: [tableInput(table, options)] }
  return {
    name: table.name,
    database_name: options.database,
    open_table_format_input: [{ iceberg_input: [input] }],
    // Every commit of Firehose changes metadata_location in them, and Terraform would reset it.
    lifecycle: { ignore_changes: ['parameters'] },
  }
}

function tableInput(table: Table, options: CreateOptions): object {
  const form = icebergForm(table, options.lock)
  const { spec } = form
  const { fields, ...schema } = form.schema
  const keys = schema['identifier-field-ids']
  return {
    location: template(options.location(table)),
    properties: templateValues(tableProperties(options)),
    schema: [
      {
        type: 'struct',
        schema_id: schema['schema-id'],
        ...(keys === undefined ? {} : { identifier_field_ids: keys }),
        fields: fields.map(toField),
      },
    ],
    ...(spec.fields.length === 0
      ? {}
      : { partition_spec: [{ spec_id: spec['spec-id'], fields: spec.fields.map(toPartition) }] }),
  }
}

/** The provider reads a type as a JSON document: `"\"string\""` for a string. */
function toField({ id, name, required, type, doc }: IcebergField): object {
  return {
    id,
    name,
    required,
    type: template(JSON.stringify(type)),
    ...(doc === undefined ? {} : { doc: template(doc) }),
  }
}

function toPartition(field: IcebergPartitionField): object {
  return {
    field_id: field['field-id'],
    source_id: field['source-id'],
    name: field.name,
    transform: field.transform,
  }
}

/** Escapes a string: in a `.tf.json` file every string is a template, in which `${` and `%{` begin an expression. */
export function template(text: string): string {
  return text.replace(/[$%]\{/g, (opening) => `${opening[0]}${opening}`)
}

function templateValues(values: { readonly [name: string]: string }): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, template(value)]))
}
