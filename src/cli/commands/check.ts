import { JSON_OPTION, onlyArgument, parseOptions } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { checkAgainstGlue, checkAgainstWarehouse, type TablesCheck } from '../find-tables.ts'
import { loadTables } from '../load-tables.ts'
import { printJson } from '../print-json.ts'
import { countBreaking, renderDrift } from '../render-drift.ts'
import type { Terminal } from '../terminal.ts'

const USAGE = `firehose-iceberg check <module> (--glue <file> | --warehouse <folder>) [options]

Compares the tables that a module exports with tables that exist, and says what each difference does to records.

  --glue <file>         what \`aws glue get-table\` or \`aws glue get-tables\` printed; - for the standard input
  --metadata <path>     with --glue: the table's metadata file (the one that its metadata_location names), or a folder of
                        such files; without it keys, partitions and the format version cannot be checked
  --warehouse <folder>  a warehouse on this machine
  --database <name>     their database; a router's handler brings it along
  --table <name>        only this table
  --json                one JSON document instead of a report

Ends with status 1 if a difference loses, fails or changes records, otherwise with 0.
`

/** Compares declared tables with those that exist. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'compare the tables of a module with those in Glue or in a local warehouse',
  usage: USAGE,
  run,
}

interface CheckArguments {
  readonly glue?: string | undefined
  readonly metadata?: string | undefined
  readonly warehouse?: string | undefined
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    glue: { type: 'string' },
    metadata: { type: 'string' },
    warehouse: { type: 'string' },
    database: { type: 'string' },
    table: { type: 'string' },
    json: JSON_OPTION,
  })
  const path = onlyArgument(positionals, 'a module that exports tables')
  checkArguments(values)
  const { database, tables } = await loadTables(path, values, terminal.err)
  const checked = openCheck(values, database)(tables)
  const status = countBreaking(checked) > 0 ? 1 : 0
  terminal.out(values.json ? printJson({ command: 'check', status, tables: checked }) : renderDrift(checked))
  return status
}

function checkArguments({ glue, metadata, warehouse }: CheckArguments): void {
  if ((glue === undefined) === (warehouse === undefined)) {
    throw new UsageError('expected --glue <file> or --warehouse <folder>, one of them')
  }
  if (metadata !== undefined && glue === undefined) throw new UsageError('--metadata goes with --glue')
}

function openCheck({ glue, metadata, warehouse }: CheckArguments, database: string | undefined): TablesCheck {
  if (glue !== undefined) return checkAgainstGlue(glue, { database, metadata })
  if (database === undefined)
    throw new UsageError('--warehouse needs --database, for tables that no router names it for')
  return checkAgainstWarehouse(warehouse ?? '', database)
}
