import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { IcebergRouterError, isIcebergRouterError } from '../../error.ts'
import type { Source } from '../../local/index.ts'
import { type Command, UsageError } from '../command.ts'
import { type DeliveryOptions, deliverFile } from '../delivery.ts'
import { explainFailures } from '../failures.ts'
import { openLines } from '../lines.ts'
import { type HandlerOptions, loadHandler } from '../load-handler.ts'
import { quietly } from '../quietly.ts'
import { renderDelivery } from '../render.ts'
import type { Terminal } from '../terminal.ts'

const SOURCES: readonly Source[] = ['direct-put', 'kinesis', 'msk']

const USAGE = `firehose-iceberg run <events.jsonl> --handler <module> [options]

Delivers a file of events, one JSON object a line, through a handler into Iceberg tables on this machine.

  --handler <module>    a JavaScript module that exports the handler
  --warehouse <folder>  where the tables are, or are to be made (default ./warehouse)
  --errors <folder>     where failed records go (default ./errors)
  --source <source>     direct-put (default), kinesis or msk: the shape of the handler's event
  --tables <module>     for a handler that no router made: a module that exports its tables
  --database <name>     the database of those tables
  --verbose             show what the handler prints
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
  readonly verbose: boolean
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = readArguments(args)
  const file = openLines(options.file)
  const loaded = await loadHandler(options)
  const { result: delivered, printed } = await quietly(options.verbose, () => {
    return deliverFile({ ...options, file, loaded }, terminal)
  })
  // The handler has told of these failures already.
  const { result: failures } = await quietly(false, () => explainFailures(delivered.failed, loaded.router))
  terminal.out(renderDelivery(delivered, { failures, errors: options.errors, printed }))
  if (delivered.stoppedBy !== undefined) throw stopped(delivered.stoppedBy)
  return delivered.interruptedAfter === undefined ? 0 : 130
}

/** The file is still there: what is to be done is not what a program with a buffer would do. */
function stopped(cause: unknown): unknown {
  if (!isIcebergRouterError(cause)) return cause
  const advice =
    'the delivery stopped; mend the cause and run again (rows that were committed, as told above, come twice then):'
  return new IcebergRouterError(cause.code, advice, {
    problems: cause.problems.length > 0 ? cause.problems : [cause.message],
  })
}

function readArguments(args: readonly string[]): RunArguments {
  const { values, positionals } = parse(args)
  const [file, ...others] = positionals
  if (file === undefined) throw new UsageError('expected a file of events')
  if (others.length > 0) throw new UsageError(`expected one file of events, got ${positionals.length}`)
  if (values.handler === undefined) throw new UsageError('expected --handler <module>')
  const source = SOURCES.find((name) => name === values.source)
  if (source === undefined) throw new UsageError(`--source: expected ${SOURCES.join(', ')}, got ${values.source}`)
  const { handler, tables, database, verbose } = values
  return {
    file,
    handler,
    tables,
    database,
    source,
    verbose,
    warehouse: resolve(values.warehouse),
    errors: resolve(values.errors),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        handler: { type: 'string' },
        warehouse: { type: 'string', default: './warehouse' },
        errors: { type: 'string', default: './errors' },
        source: { type: 'string', default: 'direct-put' },
        tables: { type: 'string' },
        database: { type: 'string' },
        verbose: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
