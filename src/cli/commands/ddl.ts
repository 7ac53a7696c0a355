import { lockIds } from '../../artefacts/id-lock.ts'
import type { Table } from '../../table/table.ts'
import { JSON_OPTION, onlyArgument, parseOptions } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { FORMATS, type Format, type FormatOptions } from '../formats.ts'
import { loadTables } from '../load-tables.ts'
import { readLock, writeLock } from '../lock-file.ts'
import { printJson } from '../print-json.ts'
import type { Terminal } from '../terminal.ts'

const USAGE = `firehose-iceberg ddl <module> [options]

Prints statements, templates or stream settings for the tables that a module exports.

  --format <format>     ${FORMATS.map(({ name, summary }) => `${name.padEnd(20)}${summary}`).join('\n                        ')}
  --database <name>     database of the tables, if no router in the module names it
  --location <folder>   S3 folder that holds one folder for each table: with s3://bucket/shop/, the table orders is in
                        s3://bucket/shop/orders/
  --table <name>        print only this table
  --error-prefix <p>    firehose formats: the S3ErrorOutputPrefix of the tables
  --lock <file>         iceberg, cloudformation, terraform: keeps the field ids in this file, so that a later version of the
                        tables has the same ids; created if it does not exist. Commit it
  --json                print one JSON document with the output as a string
`

/** Prints what is derived from tables. */
export const ddlCommand: Command = {
  name: 'ddl',
  summary: 'print DDL, templates and stream settings of the tables of a module',
  usage: USAGE,
  run,
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    format: { type: 'string', default: 'athena' },
    database: { type: 'string' },
    location: { type: 'string' },
    table: { type: 'string' },
    'error-prefix': { type: 'string' },
    lock: { type: 'string' },
    json: JSON_OPTION,
  })
  const path = onlyArgument(positionals, 'a module that exports tables')
  const format = findFormat(values.format)
  const folder = readLocation(format, values.location)
  const { database, tables } = await loadTables(path, values, terminal.err)
  if (database === undefined && format.needs.includes('database')) {
    throw new UsageError(
      `--format ${format.name} needs --database: ${path} exports tables, and no router that names their database`,
    )
  }
  const prefix = values['error-prefix']
  const lock = values.lock === undefined ? undefined : lockIds(tables, readLock(values.lock))
  const options: FormatOptions = {
    database: database ?? '',
    location: (table: Table) => `${folder}${table.name}/`,
    ...(prefix === undefined ? {} : { s3ErrorOutputPrefix: prefix }),
    ...(lock === undefined ? {} : { lock }),
  }
  const output = format.print(tables, options)
  // After the output: what cannot be printed locks no ids.
  if (values.lock !== undefined && lock !== undefined) writeLock(values.lock, lock)
  terminal.out(values.json ? printJson({ command: 'ddl', status: 0, format: format.name, output }) : output)
  return 0
}

function findFormat(name: string): Format {
  const format = FORMATS.find((candidate) => candidate.name === name)
  if (format !== undefined) return format
  throw new UsageError(`--format: expected ${FORMATS.map(({ name }) => name).join(', ')}; got ${name}`)
}

/** The folder that the tables' folders go into, with a slash at its end. */
function readLocation(format: Format, location: string | undefined): string {
  if (!format.needs.includes('location')) return ''
  if (location === undefined)
    throw new UsageError(`--format ${format.name} needs --location, such as s3://bucket/folder/`)
  return location.endsWith('/') ? location : `${location}/`
}
