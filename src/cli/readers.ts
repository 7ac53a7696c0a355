import { relative, resolve } from 'node:path'
import type { ColumnType } from '../table/column.ts'
import type { Table } from '../table/table.ts'
import type { CountedTable } from './count-tables.ts'

/** A program that reads tables. */
interface Reader {
  readonly name: string
  /** Whether it shows exactly the rows of the table. */
  readonly reads: (table: CountedTable) => boolean
  readonly command: (table: CountedTable) => string
}

const READERS: readonly Reader[] = [
  {
    name: 'here',
    reads: () => true,
    command: ({ database, table, folder }) => {
      const warehouse = shorten(resolve(folder, '../..'))
      const option = warehouse === './warehouse' ? '' : ` --warehouse ${warehouse}`
      return `npx firehose-iceberg show ${database}.${table}${option}`
    },
  },
  {
    name: 'DuckDB',
    // Deletes in a null partition are an error, and an update that changes the partition reads one row too few.
    reads: ({ hasDeletes, declaration }) => !hasDeletes || declaration.partitionBy.length === 0,
    command: ({ folder }) =>
      `duckdb -c "INSTALL iceberg; LOAD iceberg; FROM iceberg_scan('${shorten(folder)}') LIMIT 5"`,
  },
  {
    name: 'PyIceberg',
    // It does not support equality deletes.
    reads: ({ hasDeletes }) => !hasDeletes,
    command: ({ folder, version }) => {
      const metadata = `${shorten(folder)}/metadata/v${version}.metadata.json`
      return `python -c "from pyiceberg.table import StaticTable; print(StaticTable.from_metadata('${metadata}').scan().to_arrow())"`
    },
  },
  {
    name: 'Spark',
    // It cannot open tables with a time column, and some versions ignore deletes by uuid.
    reads: ({ hasDeletes, declaration }) => !hasType(declaration, 'time') && !(hasDeletes && hasUuidKey(declaration)),
    command: ({ database, table, folder }) =>
      [
        'spark-sql --packages org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.12.0 \\',
        '               --conf spark.sql.catalog.local=org.apache.iceberg.spark.SparkCatalog --conf spark.sql.catalog.local.type=hadoop \\',
        `               --conf spark.sql.catalog.local.warehouse=${shorten(resolve(folder, '../..'))} -e "SELECT * FROM local.${database}.${table} LIMIT 5"`,
      ].join('\n'),
  },
]

/** Prints how to look at a table: first with this command, which needs nothing else, then with programs that can read it. */
export function renderReaders(table: CountedTable): string {
  const lines = READERS.filter(({ reads }) => reads(table)).map(({ name, command }) => {
    return `  ${name.padEnd(11)}${command(table)}`
  })
  return ['To see the rows:', ...lines].join('\n')
}

/** Shortens a path below the working folder to what a person would type. */
export function shorten(path: string): string {
  const short = relative('.', path)
  return short.startsWith('..') ? path : `./${short}`
}

function hasUuidKey({ columns, uniqueKeys }: Table): boolean {
  return uniqueKeys.some((key) => columns[key]?.type.name === 'uuid')
}

function hasType({ columns }: Table, name: ColumnType['name']): boolean {
  return Object.values(columns).some(({ type }) => holds(type, name))
}

function holds(type: ColumnType, name: ColumnType['name']): boolean {
  if (type.name === name) return true
  if (type.name === 'list') return holds(type.element.type, name)
  if (type.name === 'map') return holds(type.key.type, name) || holds(type.value.type, name)
  return type.name === 'struct' && Object.values(type.fields).some((field) => holds(field.type, name))
}
