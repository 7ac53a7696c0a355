import { resolve } from 'node:path'
import { IcebergRouterError, isIcebergRouterError } from '../../error.ts'
import { SOURCES } from '../../firehose/stream-source.ts'
import { JSON_OPTION, onlyArgument, parseOptions } from '../arguments.ts'
import { captureConsole, type Printing } from '../capture-console.ts'
import { type Command, UsageError } from '../command.ts'
import { type DeliveryOptions, deliverFile } from '../deliver-file.ts'
import { openLines } from '../lines.ts'
import { type HandlerOptions, loadHandler } from '../load-handler.ts'
import { asReported, printJson } from '../print-json.ts'
import { renderDelivery } from '../render.ts'
import { statusOf, toResult } from '../result.ts'
import type { Terminal } from '../terminal.ts'

const USAGE = `firehose-iceberg run <events.jsonl> --handler <module> [options]

Delivers a file of events through a handler into Iceberg tables on this machine. Each line is one JSON object. Nothing is
sent to AWS: what a router puts back onto its stream arrives again in this process. The file may be gzipped or a pipe;
- reads the standard input.

  --handler <module>    module that exports the handler, in JavaScript or TypeScript (required)
  --warehouse <folder>  folder of the tables, created if it does not exist (default ./warehouse)
  --errors <folder>     folder for failed records (default ./errors)
  --source <source>     source of the stream: direct-put (default), kinesis or msk
  --tables <module>     module that exports the tables, if the handler was not made by a router
  --database <name>     database of those tables
  --strict              exit with status 1 if any record failed
  --verbose             show what the handler prints
  --json                print one JSON document instead of a summary

Exit status: 0, also if some records failed; 1 if records failed and none was delivered or dropped, or if something could not
be read or written; 2 for invalid arguments; 130 after Ctrl-C.
`

/** Delivers a file of events, once. */
export const runCommand: Command = {
  name: 'run',
  summary: 'deliver a file of events through a handler into local Iceberg tables',
  usage: USAGE,
  run,
}

interface RunArguments extends HandlerOptions, Omit<DeliveryOptions, 'file' | 'loaded'> {
  readonly file: string
  readonly strict: boolean
  readonly verbose: boolean
  readonly json: boolean
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = readArguments(args)
  const { warehouse, errors } = options
  const file = await openLines(options.file)
  const loaded = await loadHandler(options)
  const { result: delivered, printed } = await captureConsole(printingOf(options), () => {
    return deliverFile({ ...options, file, loaded }, terminal)
  })
  const status = statusOf(delivered, options.strict)
  terminal.out(
    options.json
      ? printJson(toResult(delivered, status, { warehouse, errors }))
      : renderDelivery(delivered, { errors, printed }),
  )
  if (delivered.stoppedBy !== undefined) throw stopped(delivered.stoppedBy)
  return status
}

function printingOf({ verbose, json }: RunArguments): Printing {
  if (!verbose) return 'count'
  return json ? 'stderr' : 'show'
}

/** Replaces the advice of an error: the file still exists, so the user runs the command again instead of flushing. */
function stopped(cause: unknown): unknown {
  if (!isIcebergRouterError(cause)) return cause
  const advice =
    'the delivery stopped. Fix the cause and remove the lines that were delivered, or the warehouse; then run again (otherwise the rows above are written twice):'
  // The problems already name their causes.
  const details =
    cause.problems.length > 0 ? { problems: cause.problems } : { problems: [cause.message], cause: cause.cause }
  return asReported(new IcebergRouterError(cause.code, advice, details))
}

function readArguments(args: readonly string[]): RunArguments {
  const { values, positionals } = parseOptions(args, {
    handler: { type: 'string' },
    warehouse: { type: 'string', default: './warehouse' },
    errors: { type: 'string', default: './errors' },
    source: { type: 'string', default: 'direct-put' },
    tables: { type: 'string' },
    database: { type: 'string' },
    strict: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    json: JSON_OPTION,
  })
  const file = onlyArgument(positionals, 'a file of events, or - for the standard input')
  const { handler, warehouse, errors, source: name, ...rest } = values
  if (handler === undefined) throw new UsageError('expected --handler <module>')
  const source = SOURCES.find((candidate) => candidate === name)
  if (source === undefined) throw new UsageError(`--source: expected ${SOURCES.join(', ')}, got ${name}`)
  return { ...rest, file, handler, source, warehouse: resolve(warehouse), errors: resolve(errors) }
}
