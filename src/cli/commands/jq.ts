import { toJqProcessing, toTerraformJqProcessing } from '../../artefacts/jq/processing.ts'
import { type JqExport, toJq } from '../../artefacts/jq/to-jq.ts'
import { JSON_OPTION, onlyArgument, parseOptions } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { loadHandler } from '../load-handler.ts'
import { invalidModule } from '../load-module.ts'
import { printJson } from '../print-json.ts'
import type { Terminal } from '../terminal.ts'

const USAGE = `firehose-iceberg jq <module> [options]

Prints a JQ query that makes Firehose route as the module's handler does, without a Lambda. If no query can do that, prints
the reasons and exits with status 1.

  --format <format>     query           the query alone (default)
                        cloudformation  the stream's ProcessingConfiguration: API, CloudFormation
                        terraform       the processing_configuration block, as .tf.json
  --complete-events     assume that every event has every key of its table (null if it has no value)
  --json                print one JSON document with the output as a string, or the reasons
`

/** One way to print a query. */
const FORMATS: { readonly [format: string]: (query: string) => string } = {
  query: (query) => `${query}\n`,
  cloudformation: (query) => toJson({ ProcessingConfiguration: toJqProcessing(query) }),
  terraform: (query) => toJson(toTerraformJqProcessing(query)),
}

/** Prints the JQ query of a router. */
export const jqCommand: Command = {
  name: 'jq',
  summary: 'print a JQ query that replaces the Lambda, or why there is none',
  usage: USAGE,
  run,
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    format: { type: 'string', default: 'query' },
    'complete-events': { type: 'boolean', default: false },
    json: JSON_OPTION,
  })
  const path = onlyArgument(positionals, 'a module that exports a handler')
  const print = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined
  if (print === undefined) {
    throw new UsageError(`--format: expected ${Object.keys(FORMATS).join(', ')}; got ${values.format}`)
  }
  const { router } = await loadHandler({ handler: path })
  if (router === undefined) throw invalidModule(`${path}: the handler does not come from router.handler()`)
  const result = toJq(router, { completeEvents: values['complete-events'] })
  return values.json ? printResult(result, print, terminal) : printQuery(result, print, terminal)
}

function printResult(result: JqExport, print: (query: string) => string, terminal: Terminal): number {
  const status = result.possible ? 0 : 1
  const content = result.possible ? { output: print(result.query), notes: result.notes } : { reasons: result.reasons }
  terminal.out(printJson({ command: 'jq', status, ...content }))
  return status
}

function printQuery(result: JqExport, print: (query: string) => string, terminal: Terminal): number {
  if (result.possible) {
    terminal.out(print(result.query))
    terminal.err(result.notes.map((note) => `note: ${note}\n`).join(''))
    return 0
  }
  const reasons = result.reasons.map((reason) => `  - ${reason}\n`)
  terminal.err(`Firehose cannot do this router's work without the Lambda:\n${reasons.join('')}`)
  return 1
}

function toJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
