import { JSON_OPTION, onlyArgument, parseOptions } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { checkAgainstGlue, checkAgainstWarehouse, type TablesCheck } from '../find-tables.ts'
import { loadTables } from '../load-tables.ts'
import { printJson } from '../print-json.ts'
import { countBreaking, renderDrift } from '../render-drift.ts'
import type { Terminal } from '../terminal.ts'

const USAGE = `firehose-iceberg check <module> (--glue <file> | --warehouse <folder>) [options]

Compares the tables that a module exports with tables that exist, and prints the effect of each difference on records.

  --glue <file>         output of \`aws glue get-table\` or \`aws glue get-tables\`; - reads the standard input
  --metadata <path>     with --glue: the table's metadata file (Glue's metadata_location), or a folder of such files. Without
                        it, keys, partitions and the format version are not checked
  --warehouse <folder>  a warehouse on this machine
  --database <name>     database of the tables, if no router in the module names it
  --table <name>        check only this table
  --json                print one JSON document instead of a report

Exit status: 1 if a difference loses, fails or changes records, otherwise 0.
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
    throw new UsageError('expected either --glue <file> or --warehouse <folder>')
  }
  if (metadata !== undefined && glue === undefined) throw new UsageError('--metadata needs --glue')
}

function openCheck({ glue, metadata, warehouse }: CheckArguments, database: string | undefined): TablesCheck {
  if (glue !== undefined) return checkAgainstGlue(glue, { database, metadata })
  if (database === undefined)
    throw new UsageError(
      '--warehouse needs --database: the module exports tables, and no router that names their database',
    )
  return checkAgainstWarehouse(warehouse ?? '', database)
}
