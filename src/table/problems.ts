import { MAX_ROW_DEPTH } from '../firehose/limits.ts'
import { isTableName } from '../firehose/names.ts'
import { isObject, oneOf, optional, quote, type Rule, type Rules, ruleProblems } from '../rules.ts'
import type { Column, Columns } from './column.ts'
import { allFields, assignFieldIds, type Field, innerColumns } from './fields.ts'
import { partitionProblems } from './partition-problems.ts'
import { Refusal } from './refusal.ts'

type Declared = { readonly [name: string]: unknown }

const NAME: Rule = [
  isTableName,
  '1 to 255 lower-case letters, digits or underscores (Iceberg in Glue takes nothing else)',
]

const RULES: Rules = {
  name: NAME,
  columns: [isObject, 'an object'],
  uniqueKeys: optional([Array.isArray, 'a list of column names']),
  partitionBy: optional([Array.isArray, "a list of partitions like day('at')"]),
  unknownColumns: optional(oneOf('refuse', 'strip')),
}

/** What `defineTable` was given: every problem of it, a sentence each, and its fields where its columns are sound. */
export function checkTable(options: unknown): { problems: readonly string[]; fields: readonly Field[] } {
  const problems = ruleProblems(options, RULES)
  const { columns, uniqueKeys, partitionBy } = isObject(options) ? options : {}
  if (!isObject(columns)) return { problems, fields: [] }
  const [keys, partitions] = [listOf(uniqueKeys), listOf(partitionBy)]
  const ofColumns = membersProblems('columns', columns, 1)
  problems.push(...ofColumns, ...keyProblems(columns, keys), ...partitionProblems(columns, partitions))
  // Only sound columns can be walked through.
  const fields = ofColumns.length > 0 ? [] : assignFieldIds(columns as Columns)
  problems.push(...fieldProblems(allFields(fields), keys))
  return { problems, fields }
}

function membersProblems(path: string, columns: object, depth: number): string[] {
  const entries = Object.entries(columns)
  if (entries.length === 0) return [`${path}: expected at least one`]
  return entries.flatMap(([name, column]) => {
    // As a key of a plain object this name is no key at all, so a row could not carry it.
    if (!isTableName(name) || name === '__proto__') return [`${path}.${name}: ${badName(name)}`]
    return columnProblems(`${path}.${name}`, column, depth)
  })
}

function columnProblems(path: string, column: unknown, depth: number): string[] {
  if (!isColumn(column)) return [`${path}: expected a column like string(), got something else`]
  const { type } = column
  const inner = innerColumns(type)
  // The row itself is the first level.
  if (inner.length > 0 && depth >= MAX_ROW_DEPTH) return [`${path}: Firehose takes ${MAX_ROW_DEPTH} levels, no more`]
  const own = [...(type.problems ?? []), ...(column.problems ?? []), ...optionProblems(column)].map(
    (problem) => `${path}: ${problem}`,
  )
  if (type.name === 'struct') return [...own, ...membersProblems(path, type.fields, depth + 1)]
  return [...own, ...inner.flatMap(([name, child]) => columnProblems(`${path}.${name}`, child, depth + 1))]
}

function optionProblems({ id, type, default: value }: Column): string[] {
  const problems: string[] = []
  if (id !== undefined && !(Number.isInteger(id) && id > 0 && id < 2 ** 31)) {
    problems.push('id: expected a field id, a whole number from 1')
  }
  if (value === undefined || (type.problems ?? []).length > 0) return problems
  const text = type.encode(value, { from: 'value', unknownFields: 'refuse' })
  return text instanceof Refusal ? [...problems, `default: ${text.message}`] : problems
}

/** Ids that stand there twice; and, as Firehose looks a key up by its bare name, nested fields that are called like it. */
function fieldProblems(fields: readonly Field[], keys: readonly unknown[]): string[] {
  const ids = fields.map(({ id }) => id)
  const nested = fields.flatMap(({ column, children }) => (column.type.name === 'struct' ? children : []))
  const twins = keys.filter((key) => nested.some(({ name }) => name === key))
  return [
    ...fields
      .filter(({ id }, index) => ids.indexOf(id) !== index)
      .map(({ name, id }) => `columns: field id ${id} stands there twice, the second time at "${name}"`),
    ...twins.map(
      (key) =>
        `uniqueKeys: "${key}" is also the name of a field in a struct, and Firehose wants a key's name only once`,
    ),
  ]
}

function keyProblems(columns: Declared, keys: readonly unknown[]): string[] {
  return keys.flatMap((key, index) => {
    const column = Object.hasOwn(columns, String(key)) ? columns[String(key)] : undefined
    const problem = keys.indexOf(key) === index ? keyProblem(column) : 'stands there twice'
    return problem === undefined ? [] : [`uniqueKeys: "${key}" ${problem}`]
  })
}

function keyProblem(column: unknown): string | undefined {
  if (!isColumn(column)) return 'is none of the columns'
  if (column.nullable) return 'is nullable, and a key has to have a value'
  return column.type.canBeKey ? undefined : `is ${column.type.name}, which cannot be compared as a key`
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isColumn(value: unknown): value is Column {
  return isObject(value) && value['kind'] === 'column'
}

function badName(name: unknown): string {
  return `expected ${NAME[1]}, got ${quote(name)}`
}
