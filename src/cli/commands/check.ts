import { checkTemplate } from '../../drift/check-template.ts'
import { JSON_OPTION, onlyArgument, parseOptions } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { findHealth } from '../find-health.ts'
import { checkAgainstGlue, checkAgainstWarehouse, type TablesCheck } from '../find-tables.ts'
import { loadTables } from '../load-tables.ts'
import { printJson } from '../print-json.ts'
import { readJsonFile } from '../read-json.ts'
import { countBreaking, renderDrift, renderTraps } from '../render-drift.ts'
import { renderHealth } from '../render-health.ts'
import type { Terminal } from '../terminal.ts'

const USAGE = `firehose-iceberg check <module> (--glue <file> | --warehouse <folder>) [options]
firehose-iceberg check --template <file>
firehose-iceberg check --metadata <file or warehouse>

Compares the tables that a module exports with tables that exist, and prints the effect of each difference on records.
--template names the known traps in the Iceberg tables and streams of any CloudFormation template. --metadata alone reports the
health of a table: snapshots, sizes, files, what a month adds, and what to do.

  --glue <file>         output of \`aws glue get-table\` or \`aws glue get-tables\`; - reads the standard input
  --metadata <path>     with --glue: the table's metadata file (Glue's metadata_location), or a folder of such files. Without
                        it, keys, partitions and the format version are not checked.
                        Without --glue and a module: a metadata file, or a warehouse on this machine
  --warehouse <folder>  a warehouse on this machine
  --template <file>     a CloudFormation template as JSON, such as \`cdk synth --json\` prints; - for standard input
  --database <name>     database of the tables, if no router in the module names it
  --table <name>        check only this table
  --json                print one JSON document instead of a report

Exit status: 1 if a difference or a trap loses, fails or changes records, otherwise 0.
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
  readonly template?: string | undefined
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    glue: { type: 'string' },
    metadata: { type: 'string' },
    warehouse: { type: 'string' },
    template: { type: 'string' },
    database: { type: 'string' },
    table: { type: 'string' },
    json: JSON_OPTION,
  })
  if (isHealthCheck(values, positionals)) return checkHealth(values.metadata ?? '', values.json, terminal)
  if (values.template !== undefined) return checkTraps(values.template, { positionals, values, terminal })
  const path = onlyArgument(positionals, 'a module that exports tables')
  checkArguments(values)
  const { database, tables } = await loadTables(path, values, terminal.err)
  const checked = openCheck(values, database)(tables)
  const status = countBreaking(checked) > 0 ? 1 : 0
  terminal.out(values.json ? printJson({ command: 'check', status, tables: checked }) : renderDrift(checked))
  return status
}

function isHealthCheck(
  { glue, warehouse, template, metadata }: CheckArguments,
  positionals: readonly string[],
): boolean {
  return (
    metadata !== undefined && positionals.length === 0 && [glue, warehouse, template].every((it) => it === undefined)
  )
}

/** Prints the health of tables; it has no verdict, so that the status is 0. */
async function checkHealth(path: string, json: boolean, terminal: Terminal): Promise<number> {
  const tables = await findHealth(path)
  terminal.out(json ? printJson({ command: 'check', status: 0, health: tables }) : renderHealth(tables))
  return 0
}

/** Prints the traps of a template. */
function checkTraps(
  file: string,
  command: {
    readonly positionals: readonly string[]
    readonly values: CheckArguments & { readonly json: boolean }
    readonly terminal: Terminal
  },
): number {
  const { positionals, values, terminal } = command
  const others = [
    ...positionals,
    ...[values.glue, values.metadata, values.warehouse].filter((value) => value !== undefined),
  ]
  if (others.length > 0) throw new UsageError('--template takes no module and no other source')
  const resources = checkTemplate(readTemplate(file), file)
  const checked = resources.map(({ resource, type, traps }) => ({ table: `${resource} (${type})`, differences: traps }))
  const status = countBreaking(checked) > 0 ? 1 : 0
  terminal.out(values.json ? printJson({ command: 'check', status, resources }) : renderTraps(checked))
  return status
}

function readTemplate(file: string): unknown {
  if (/\.ya?ml$/i.test(file)) {
    throw new UsageError('--template: expected JSON, got YAML; `cdk synth --json` prints it, and cfn-flip converts it')
  }
  return readJsonFile(file)
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
