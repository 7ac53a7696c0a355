import type { Table } from '../table/table.ts'
import { databaseProblems, refuseProblems } from './place.ts'
import { template } from './terraform.ts'

/** Where the tables are, and where failed records go. */
export interface FirehoseTablesOptions {
  readonly database: string
  /** The prefix of the error output for these tables; without it, the stream's own. At most 1,024 characters. */
  readonly s3ErrorOutputPrefix?: string
}

/** One entry of `DestinationTableConfigurationList`, the same in the API and in CloudFormation. */
export interface FirehoseTable {
  readonly DestinationDatabaseName: string
  readonly DestinationTableName: string
  readonly UniqueKeys?: readonly string[]
  readonly S3ErrorOutputPrefix?: string
}

/** One `destination_table_configuration` block of Terraform's `iceberg_configuration`. */
export interface TerraformFirehoseTable {
  readonly database_name: string
  readonly table_name: string
  readonly unique_keys?: readonly string[]
  readonly s3_error_output_prefix?: string
}

/**
 * Writes the `DestinationTableConfigurationList` of a stream's Iceberg destination, for the API and for CloudFormation.
 * A stream needs it for tables that take updates and deletes: it carries their unique keys.
 * https://docs.aws.amazon.com/firehose/latest/APIReference/API_DestinationTableConfiguration.html
 *
 * @throws IcebergRouterError `InvalidOptions` for a database or a prefix that Firehose refuses
 */
export function toFirehoseTables(tables: readonly Table[], options: FirehoseTablesOptions): FirehoseTable[] {
  const { database, s3ErrorOutputPrefix: prefix } = options
  const problems = [...databaseProblems(database), ...prefixProblems(prefix)]
  refuseProblems('table configuration for Firehose', problems)
  return tables.map(({ name, uniqueKeys }) => ({
    DestinationDatabaseName: database,
    DestinationTableName: name,
    ...(uniqueKeys.length === 0 ? {} : { UniqueKeys: uniqueKeys }),
    ...(prefix === undefined ? {} : { S3ErrorOutputPrefix: prefix }),
  }))
}

/**
 * Writes the same for Terraform's `aws_kinesis_firehose_delivery_stream` in `.tf.json`, one object for each block. Beginnings
 * of a template in the prefix are escaped.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kinesis_firehose_delivery_stream
 *
 * @throws IcebergRouterError `InvalidOptions` for a database or a prefix that Firehose refuses
 */
export function toTerraformFirehoseTables(
  tables: readonly Table[],
  options: FirehoseTablesOptions,
): TerraformFirehoseTable[] {
  return toFirehoseTables(tables, options).map((entry) => ({
    database_name: entry.DestinationDatabaseName,
    table_name: entry.DestinationTableName,
    ...(entry.UniqueKeys === undefined ? {} : { unique_keys: entry.UniqueKeys }),
    ...(entry.S3ErrorOutputPrefix === undefined ? {} : { s3_error_output_prefix: template(entry.S3ErrorOutputPrefix) }),
  }))
}

function prefixProblems(prefix: unknown): string[] {
  if (prefix === undefined || (typeof prefix === 'string' && prefix.length >= 1 && prefix.length <= 1024)) return []
  const got = typeof prefix === 'string' ? `${prefix.length} of them` : `a ${typeof prefix}`
  return [`s3ErrorOutputPrefix: expected 1 to 1024 characters, got ${got}`]
}
