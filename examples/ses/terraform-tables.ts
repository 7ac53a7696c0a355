import type { Table } from 'firehose-iceberg-router'
import {
  type TerraformFirehoseTable,
  toIcebergPartitionSpec,
  toIcebergSchema,
  toTerraform,
  toTerraformFirehoseTables,
} from 'firehose-iceberg-router/artefacts'

/** A column of a table in S3 Tables. */
export interface S3TablesField {
  readonly name: string
  readonly type: string
  readonly required: boolean
}

/** The content of `terraform/tables.tf.json`: what Terraform needs to know about the tables. */
export interface TerraformTables {
  readonly '//': string
  readonly locals: {
    readonly database: string
    readonly routed_event_types: readonly string[]
    readonly destination_tables: readonly TerraformFirehoseTable[]
    readonly s3_tables: { readonly [table: string]: readonly S3TablesField[] }
  }
  readonly resource: {
    readonly aws_glue_catalog_table: { readonly [name: string]: object }
    /** The stream depends on this resource, because it cannot name the tables. */
    readonly terraform_data: { readonly tables: { readonly depends_on: readonly string[] } }
  }
}

/** `toTerraform` needs a location; a reference to the bucket then replaces this name. */
const PLACEHOLDER = 's3://the-warehouse-bucket/'
const WAREHOUSE = `s3://${expression('aws_s3_bucket.warehouse.bucket')}/`
const GLUE_ONLY = {
  database_name: expression('aws_glue_catalog_database.events[0].name'),
  count: expression('var.catalog == "glue" ? 1 : 0'),
}

/** Writes the tables for Terraform, with references to the database and the bucket in the same folder. */
export function toTerraformTables(
  tables: readonly Table[],
  { database, eventTypes }: { readonly database: string; readonly eventTypes: readonly string[] },
): TerraformTables {
  const location = ({ name }: Table): string => `${PLACEHOLDER}${database}/${name}/`
  const { aws_glue_catalog_table } = toTerraform(tables, { database, location }).resource
  const glue = Object.entries(aws_glue_catalog_table).map(([name, table]) => {
    return [name, JSON.parse(JSON.stringify({ ...table, ...GLUE_ONLY }).replaceAll(PLACEHOLDER, WAREHOUSE))] as const
  })
  return {
    '//': 'Written by "npm run tables:ses" from the tables in TypeScript. Do not edit.',
    locals: {
      database,
      routed_event_types: eventTypes,
      destination_tables: toTerraformFirehoseTables(tables, { database }),
      s3_tables: Object.fromEntries(tables.map((table) => [table.name, s3TablesFields(table)])),
    },
    resource: {
      aws_glue_catalog_table: Object.fromEntries(glue),
      terraform_data: { tables: { depends_on: glue.map(([name]) => `aws_glue_catalog_table.${name}`) } },
    },
  }
}

/**
 * Writes the columns of a table for Terraform's `aws_s3tables_table`: primitive types only, no partitions.
 *
 * @throws TypeError for a table with partitions or nested columns
 */
export function s3TablesFields(table: Table): S3TablesField[] {
  if (toIcebergPartitionSpec(table).fields.length > 0) {
    throw new TypeError(`table ${table.name}: aws_s3tables_table takes no partitions; create it with Spark or Athena`)
  }
  return toIcebergSchema(table).fields.map(({ name, type, required }) => {
    if (typeof type === 'string') return { name, type, required }
    throw new TypeError(`table ${table.name}: column ${name}: S3 Tables creates primitive columns only; use json()`)
  })
}

/** In a .tf.json file an expression is a template in a string. */
function expression(text: string): string {
  return `\${${text}}`
}
