import { relative, resolve } from 'node:path'
import type { Delivered, RefusedLine, TableChange } from './delivery.ts'
import type { FailedLines } from './failures.ts'

/** What the summary tells besides the delivery itself. */
export interface RenderOptions {
  readonly failures: readonly FailedLines[]
  readonly errors: string
  /** Lines that the handler printed and that were not shown. */
  readonly printed: number
}

/** Writes the summary of a delivery for a person. */
export function renderDelivery(delivered: Delivered, { failures, errors, printed }: RenderOptions): string {
  const { tables, interruptedAfter } = delivered
  const paragraphs = [
    interruptedAfter === undefined ? '' : `Interrupted after line ${interruptedAfter}; what was read is delivered.`,
    headline(delivered),
    renderTable(['table', 'rows', 'new', 'files', 'snapshot'], tables.map(tableCells)),
    failures.length === 0 ? '' : renderFailures(failures, errors),
    delivered.refused.length === 0 ? '' : renderRefused(delivered.refused),
    printed === 0 ? '' : `The handler printed ${count(printed, 'line')}; --verbose shows them.`,
    renderReaders(tables),
  ]
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`
}

function headline({ summary, durationMs }: Delivered): string {
  const { recordsIn, dropped } = summary
  const rows = summary.delivered.reduce((sum, { records }) => sum + records, 0)
  const failed = summary.failed.reduce((sum, { records }) => sum + records, 0)
  const parts = [
    `${count(recordsIn, 'record')}: ${number(rows)} delivered`,
    `${number(dropped)} dropped`,
    `${number(failed)} failed`,
  ]
  return `${parts.join(', ')}, in ${(durationMs / 1000).toFixed(1)} s`
}

function tableCells({ before, after }: TableChange): string[] {
  const { database, table, rows, files, snapshotId } = after
  return [
    `${database}.${table}`,
    number(rows),
    `+${number(rows - before.rows)}`,
    number(files),
    String(snapshotId ?? 'none yet'),
  ]
}

function renderFailures(failures: readonly FailedLines[], errors: string): string {
  const cells = failures.map(({ code, count, lines, reason }) => {
    return [code, number(count), `${lines.join(', ')}${count > lines.length ? ', …' : ''}`, reason]
  })
  return `Failed records are in ${shorten(errors)}:\n${renderTable(['code', 'records', 'lines', 'reason'], cells)}`
}

function renderRefused(refused: readonly RefusedLine[]): string {
  const lines = refused.map(({ line, reason }) => `  line ${line}: ${reason}`)
  return `Firehose would not take ${count(refused.length, 'line')}:\n${lines.join('\n')}`
}

/** How to look at the tables with what people have. */
function renderReaders(tables: readonly TableChange[]): string {
  const first = tables.find(({ after }) => after.rows > 0)?.after
  if (first === undefined) return 'No table has a row yet.'
  const folder = shorten(first.folder)
  const metadata = `${folder}/metadata/v${first.version}.metadata.json`
  return [
    'Look at them:',
    `  DuckDB     duckdb -c "INSTALL iceberg; LOAD iceberg; FROM iceberg_scan('${folder}') LIMIT 5"`,
    `  PyIceberg  python -c "from pyiceberg.table import StaticTable; print(StaticTable.from_metadata('${metadata}').scan().to_arrow())"`,
    `  Spark      spark-sql --packages org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.10.0 \\`,
    '               --conf spark.sql.catalog.local=org.apache.iceberg.spark.SparkCatalog --conf spark.sql.catalog.local.type=hadoop \\',
    `               --conf spark.sql.catalog.local.warehouse=${shorten(resolve(first.folder, '../..'))} -e "SELECT * FROM local.${first.database}.${first.table} LIMIT 5"`,
  ].join('\n')
}

/** Cells in columns; the last column is as long as it is. */
function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  return lines
    .map(
      (cells) =>
        `  ${cells.map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ')}`,
    )
    .join('\n')
}

/** A path below the working folder as a person would type it. */
function shorten(path: string): string {
  const short = relative('.', path)
  return short.startsWith('..') ? path : `./${short}`
}

function count(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
