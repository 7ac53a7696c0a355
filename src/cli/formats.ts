import { toAthenaDdl } from '../artefacts/athena.ts'
import { toCloudFormation } from '../artefacts/cloudformation.ts'
import { toFirehoseTables, toTerraformFirehoseTables } from '../artefacts/firehose-tables.ts'
import { toGlueStorageDescriptor } from '../artefacts/glue.ts'
import { type IdLock, icebergForm } from '../artefacts/id-lock.ts'
import { toTerraform } from '../artefacts/terraform.ts'
import type { Table } from '../table/table.ts'

/** The options that a format may need. */
export interface FormatOptions {
  readonly database: string
  /** The folder of a table's files. */
  readonly location: (table: Table) => string
  readonly s3ErrorOutputPrefix?: string
  readonly lock?: IdLock
}

/** One way to print tables. */
export interface Format {
  readonly name: string
  readonly summary: string
  readonly needs: readonly ('database' | 'location')[]
  readonly print: (tables: readonly Table[], options: FormatOptions) => string
}

/** All formats; the first is the default. A new one is a line here. */
export const FORMATS: readonly Format[] = [
  {
    name: 'athena',
    summary: 'CREATE TABLE statements for Athena',
    needs: ['database', 'location'],
    print: (tables, { database, location }) => {
      return tables.map((table) => toAthenaDdl(table, { database, location: location(table) })).join('\n')
    },
  },
  {
    name: 'iceberg',
    summary: 'Iceberg schema and partition spec of each table',
    needs: [],
    print: (tables, { lock }) => {
      return byName(tables, (table) => {
        const { schema, spec } = icebergForm(table, lock)
        return { schema, 'partition-spec': spec }
      })
    },
  },
  {
    name: 'glue',
    summary: "each table's StorageDescriptor, as Iceberg writes it to Glue",
    needs: ['location'],
    print: (tables, { location }) => {
      return byName(tables, (table) => toGlueStorageDescriptor(table, { location: location(table) }))
    },
  },
  {
    name: 'cloudformation',
    summary: 'a template with an AWS::Glue::Table for each table',
    needs: ['database', 'location'],
    print: (tables, options) => toJson(toCloudFormation(tables, options)),
  },
  {
    name: 'terraform',
    summary: 'an aws_glue_catalog_table for each table, as .tf.json',
    needs: ['database', 'location'],
    print: (tables, options) => toJson(toTerraform(tables, options)),
  },
  {
    name: 'firehose',
    summary: "the stream's DestinationTableConfigurationList: API, CloudFormation",
    needs: ['database'],
    print: (tables, options) => toJson(toFirehoseTables(tables, options)),
  },
  {
    name: 'firehose-terraform',
    summary: 'the same as local.firehose_tables, as .tf.json',
    needs: ['database'],
    print: (tables, options) => toJson({ locals: { firehose_tables: toTerraformFirehoseTables(tables, options) } }),
  },
]

function byName(tables: readonly Table[], print: (table: Table) => object): string {
  return toJson(Object.fromEntries(tables.map((table) => [table.name, print(table)])))
}

function toJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
