import { isDatabaseName } from '../../firehose/names.ts'
import {
  between,
  expecting,
  fields,
  functionRule,
  integerBetween,
  matching,
  oneOf,
  optional,
  type Rule,
  required,
} from './rules.ts'

/** Lambda's runtime for Node 24 counts the parameters of a handler, and does not start a function with three. */
const handlerRule: Rule = (value, path) => {
  if (typeof value !== 'function' || value.length < 3) return functionRule(value, path)
  const remedy = 'Lambda from Node 24 on refuses handlers with a callback; return a promise instead'
  return [`${path}: expected a function of (event, context), got one of ${value.length} parameters: ${remedy}`]
}

const databaseRule = expecting('1 to 252 lower-case letters, digits or underscores', isDatabaseName)

const tableRule = expecting('a table made by defineTable', (value) => {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'table'
})

const warehouseRule = expecting('a warehouse made by createWarehouse', (value) => {
  return typeof value === 'object' && value !== null && 'openTable' in value && typeof value.openTable === 'function'
})

const catalogTable = fields({ database: required(databaseRule), table: required(tableRule) })

const catalog: Rule = (value, path) => {
  if (!Array.isArray(value) || value.length === 0) return [`${path}: expected a list of at least one table`]
  const problems = value.flatMap((entry, index) => catalogTable(entry, `${path}[${index}]`))
  return problems.length > 0 ? problems : findTwins(value, path)
}

const optionsRule = fields({
  handler: required(handlerRule),
  warehouse: required(warehouseRule),
  tables: required(catalog),
  errors: required(matching(/./, 'the path of a folder')),
  deliveryStreamName: optional(matching(/^[\w.-]{1,64}$/, '1 to 64 letters, digits, dots, hyphens or underscores')),
  region: optional(matching(/^[a-z0-9-]{1,64}$/, 'a region like us-east-1')),
  accountId: optional(matching(/^\d{12}$/, '12 digits')),
  source: optional(oneOf('direct-put', 'kinesis', 'msk')),
  reingest: optional(oneOf('loopback', 'target')),
  transform: optional(
    fields({
      bufferSizeInMBs: optional(between(0.2, 3)),
      numberOfRetries: optional(integerBetween(0, 300)),
      timeoutMs: optional(integerBetween(1, 300_000)),
    }),
  ),
  delivery: optional(fields({ sizeInMBs: optional(between(1, 128)) })),
  behaviour: optional(
    fields({
      duplicateRecordId: optional(oneOf('record', 'batch')),
      missingRecords: optional(oneOf('record', 'batch')),
      unknownResult: optional(oneOf('batch', 'record')),
      unknownOperation: optional(oneOf('error', 'insert')),
    }),
  ),
  onProgress: optional(functionRule),
  onFailure: optional(functionRule),
  clock: optional(functionRule),
  newId: optional(functionRule),
})

/**
 * Every problem of the options of `createLocalFirehose`.
 * https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html
 */
export function problemsOf(options: unknown): readonly string[] {
  return optionsRule(options, 'options')
}

function findTwins(tables: readonly { database: string; table: { name: string } }[], path: string): string[] {
  const seen = new Set<string>()
  return tables.flatMap(({ database, table }) => {
    const name = `${database}.${table.name}`
    if (seen.has(name)) return [`${path}: ${name} stands there twice`]
    seen.add(name)
    return []
  })
}
