import { resolve } from 'node:path'
import { IcebergRouterError } from '../../error.ts'
import { explainFailures } from '../../local/warehouse/failure.ts'
import { nodeDisk } from '../../local/warehouse/node-disk.ts'
import type { ReadRow } from '../../local/warehouse/read-deletes.ts'
import { openReader, type TableReader } from '../../local/warehouse/read-rows.ts'
import { JSON_OPTION, onlyArgument, parseOptions } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { toPlainRow, toText } from '../format-value.ts'
import { printJson } from '../print-json.ts'
import { listTables, readTableName, type TableName, tableFolder } from '../table-name.ts'
import { renderTable } from '../table-text.ts'
import type { Terminal } from '../terminal.ts'
import { parseWhere, type RowFilter } from '../where.ts'

const USAGE = `firehose-iceberg show <database.table> [options]

Prints rows of a table in a warehouse on this machine, as of its newest snapshot, with deletes applied.

  --warehouse <folder>    folder of the tables (default ./warehouse)
  --limit <number>        the largest number of rows (default 20)
  --where <column=value>  only rows with this value; column=null finds rows without a value. May be repeated: all must match
  --json                  print one JSON document instead of a table
`

const DEFAULT_LIMIT = 20

/** Prints rows of a local table. */
export const showCommand: Command = {
  name: 'show',
  summary: 'print rows of a local table',
  usage: USAGE,
  run,
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    warehouse: { type: 'string', default: './warehouse' },
    limit: { type: 'string', default: String(DEFAULT_LIMIT) },
    where: { type: 'string', multiple: true, default: [] },
    json: JSON_OPTION,
  })
  const name = readTableName(onlyArgument(positionals, 'a table, as database.table'))
  const limit = readLimit(values.limit)
  const reader = await open(resolve(values.warehouse), name)
  const collected = await collect(reader, parseWhere(values.where, reader.fields), {
    limit,
    countsAll: values.where.length > 0,
  })
  const rows = collected.rows.map((row) => toPlainRow(row, reader.fields))
  const table = `${name.database}.${name.table}`
  terminal.out(
    values.json
      ? printJson({
          command: 'show',
          status: 0,
          table,
          snapshotId: reader.snapshotId ?? null,
          total: collected.total,
          rows,
        })
      : render(table, reader, { rows, total: collected.total, width: terminal.outColumns }),
  )
  return 0
}

function readLimit(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError(`--limit: expected a whole number, got ${text}`)
}

async function open(warehouse: string, name: TableName): Promise<TableReader> {
  const disk = explainFailures(nodeDisk)
  const reader = await openReader(disk, tableFolder(warehouse, name))
  if (reader !== undefined) return reader
  const tables = await listTables(disk, warehouse)
  const known = tables.length === 0 ? 'it has none' : `there are ${tables.join(', ')}`
  throw new IcebergRouterError('InvalidOptions', `${warehouse} has no table ${name.database}.${name.table}; ${known}`)
}

interface CollectedRows {
  readonly rows: readonly ReadRow[]
  /** All rows that match the conditions, even those beyond the limit. */
  readonly total: number
}

async function collect(
  reader: TableReader,
  isWanted: RowFilter,
  { limit, countsAll }: { readonly limit: number; readonly countsAll: boolean },
): Promise<CollectedRows> {
  const rows: ReadRow[] = []
  let total = 0
  for await (const some of reader.rows()) {
    const wanted = some.filter(isWanted)
    total += wanted.length
    rows.push(...wanted.slice(0, limit - rows.length))
    if (!countsAll && rows.length >= limit) return { rows, total: await reader.count() }
  }
  return { rows, total }
}

function render(
  table: string,
  { fields }: TableReader,
  {
    rows,
    total,
    width,
  }: { readonly rows: readonly object[]; readonly total: number; readonly width: number | undefined },
): string {
  const header = fields.map((field) => field.name)
  const cells = rows.map((row) => Object.values(row).map(toText))
  const { text, hidden } = renderTable(header, cells, width)
  const more = rows.length < total ? '; --limit shows more' : ''
  const left = hidden.length === 0 ? '' : `\nNo room for ${hidden.join(', ')}; --json shows all columns.`
  const shown = `${rows.length.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${total === 1 ? 'row' : 'rows'} of ${table}${more}`
  return `${rows.length === 0 ? '' : `${text}\n\n`}${shown}${left}\n`
}
