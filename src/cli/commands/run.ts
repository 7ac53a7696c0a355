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

Delivers a file of events, one JSON object a line, through a handler into Iceberg tables on this machine. Nothing goes to
AWS: what a router puts back onto its stream comes round again here. The file may be gzipped, a pipe, or - for the standard
input.

  --handler <module>    the module that exports the handler, in JavaScript or TypeScript
  --warehouse <folder>  where the tables are, or will be created (default ./warehouse)
  --errors <folder>     where failed records go (default ./errors)
  --source <source>     direct-put (default), kinesis or msk: the shape of the handler's event
  --tables <module>     for a handler without a router: a module that exports its tables
  --database <name>     the database of those tables
  --strict              end with status 1 if any record failed
  --verbose             show what the handler prints
  --json                one JSON document instead of a summary

Ends with status 0; with 1 if records failed and none was delivered; with 2 for invalid arguments; with 130 after Ctrl-C.
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
    'the delivery stopped; fix the cause and run again (rows that were committed, as reported above, then arrive twice):'
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
