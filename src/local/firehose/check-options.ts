import { isDatabaseName } from '../../firehose/names.ts'
import { SOURCES } from '../../firehose/stream-source.ts'
import {
  fields,
  isObject,
  matching,
  numberWithin,
  ofType,
  oneOf,
  optional,
  type Rule,
  ruleProblems,
  wholeNumber,
} from '../../options.ts'
import type { LocalFirehoseOptions } from './firehose-options.ts'

/** Lambda's runtime for Node 24 counts the parameters of a handler, and does not start a function with three. */
const HANDLER: Rule = [
  (value) => typeof value === 'function',
  'a function',
  (value, path) => {
    const count = typeof value === 'function' ? value.length : 0
    if (count < 3) return []
    const remedy = 'Lambda from Node 24 on refuses handlers with a callback; return a promise instead'
    return [`${path}: expected a function of (event, context), got one of ${count} parameters: ${remedy}`]
  },
]

const CATALOG_TABLE = {
  database: [isDatabaseName, '1 to 252 lower-case letters, digits or underscores'],
  table: [(value) => isObject(value) && value['kind'] === 'table', 'a table made by defineTable'],
} satisfies { readonly [name: string]: Rule }

const CATALOG: Rule = [
  (value) => Array.isArray(value) && value.length > 0,
  'a list of at least one table',
  (value, path) => catalogProblems(value as readonly unknown[], path),
]

const RULES: { readonly [Name in keyof Required<LocalFirehoseOptions>]: Rule } = {
  handler: HANDLER,
  warehouse: [
    (value) => isObject(value) && typeof value['openTable'] === 'function',
    'a warehouse made by createWarehouse',
  ],
  tables: CATALOG,
  errors: matching(/./, 'the path of a folder'),
  deliveryStreamName: optional(matching(/^[\w.-]{1,64}$/, '1 to 64 letters, digits, dots, hyphens or underscores')),
  region: optional(matching(/^[a-z0-9-]{1,64}$/, 'a region like us-east-1')),
  accountId: optional(matching(/^\d{12}$/, '12 digits')),
  source: optional(oneOf(...SOURCES)),
  reingest: optional(oneOf('loopback', 'target')),
  transform: optional(
    fields({
      bufferSizeInMBs: optional(numberWithin(0.2, 3)),
      numberOfRetries: optional(wholeNumber(0, 300)),
      timeoutMs: optional(wholeNumber(1, 300_000)),
    }),
  ),
  delivery: optional(fields({ sizeInMBs: optional(numberWithin(1, 128)) })),
  behaviour: optional(
    fields({
      duplicateRecordId: optional(oneOf('record', 'batch')),
      missingRecords: optional(oneOf('record', 'batch')),
      unknownResult: optional(oneOf('batch', 'record')),
      unknownOperation: optional(oneOf('error', 'insert')),
    }),
  ),
  onProgress: optional(ofType('function')),
  onFailure: optional(ofType('function')),
  clock: optional(ofType('function')),
  newId: optional(ofType('function')),
}

/**
 * Finds every problem of the options of `createLocalFirehose`.
 * https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html
 */
export function optionProblems(options: unknown): readonly string[] {
  return ruleProblems(options, RULES)
}

function catalogProblems(tables: readonly unknown[], path: string): readonly string[] {
  const problems = tables.flatMap((entry, index) => ruleProblems(entry, CATALOG_TABLE, `${path}[${index}]`))
  return problems.length > 0 ? problems : findTwins(tables as LocalFirehoseOptions['tables'], path)
}

function findTwins(tables: LocalFirehoseOptions['tables'], path: string): string[] {
  const seen = new Set<string>()
  return tables.flatMap(({ database, table }) => {
    const name = `${database}.${table.name}`
    if (seen.has(name)) return [`${path}: ${name} appears twice`]
    seen.add(name)
    return []
  })
}
