import { MAX_ROW_DEPTH } from '../firehose/limits.ts'
import { isTableName } from '../firehose/names.ts'
import type { Column, Columns } from './column.ts'
import { allFields, assignFieldIds, innerColumns } from './fields.ts'
import { partitionProblems } from './partition-problems.ts'
import { Refusal } from './refusal.ts'

/** A declaration that may be anything: JavaScript has no types. */
type Declaration = { readonly [option: string]: unknown }

const OPTIONS = ['name', 'columns', 'uniqueKeys', 'partitionBy', 'unknownColumns']

/** Every problem of what `defineTable` was given, a sentence each. */
export function tableProblems(options: unknown): string[] {
  if (typeof options !== 'object' || options === null) return ['expected an object with name and columns']
  const { name, columns, uniqueKeys = [], partitionBy = [], unknownColumns = 'refuse' } = options as Declaration
  const unknown = Object.keys(options).filter((key) => !OPTIONS.includes(key))
  const problems = unknown.map((key) => `unknown option "${key}"; there are ${OPTIONS.join(', ')}`)
  if (!isTableName(name)) problems.push(`name: ${badName(name)}`)
  if (unknownColumns !== 'refuse' && unknownColumns !== 'strip') {
    problems.push("unknownColumns: expected 'refuse' or 'strip'")
  }
  if (!isObject(columns)) return [...problems, 'columns: expected an object']
  const ofColumns = membersProblems('columns', columns, 1)
  problems.push(...ofColumns, ...keyProblems(columns, uniqueKeys), ...partitionProblems(columns, partitionBy))
  // Only sound columns can be walked through.
  return ofColumns.length > 0
    ? problems
    : [...problems, ...idProblems(columns as Columns), ...twinProblems(columns as Columns, uniqueKeys)]
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
  const own = [...(type.problems ?? []), ...optionProblems(column)].map((problem) => `${path}: ${problem}`)
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

function idProblems(columns: Columns): string[] {
  const fields = allFields(assignFieldIds(columns))
  const ids = fields.map(({ id }) => id)
  const twice = fields.filter(({ id }, index) => ids.indexOf(id) !== index)
  return twice.map(({ name, id }) => `columns: field id ${id} stands there twice, the second time at "${name}"`)
}

/** Firehose looks a key up by its bare name, so no nested field may be called like it. */
function twinProblems(columns: Columns, keys: unknown): string[] {
  if (!Array.isArray(keys)) return []
  const nested = allFields(assignFieldIds(columns)).flatMap(({ column, children }) => {
    return column.type.name === 'struct' ? children.map(({ name }) => name) : []
  })
  return keys
    .filter((key) => nested.includes(key))
    .map((key) => {
      return `uniqueKeys: "${key}" is also the name of a field in a struct, and Firehose wants a key's name only once`
    })
}

function keyProblems(columns: object, keys: unknown): string[] {
  if (!Array.isArray(keys)) return ['uniqueKeys: expected a list of column names']
  return keys.flatMap((key, index) => {
    const column = Object.hasOwn(columns, key) ? (columns as Declaration)[key] : undefined
    if (!isColumn(column)) return [`uniqueKeys: there is no column "${key}"`]
    if (keys.indexOf(key) !== index) return [`uniqueKeys: "${key}" stands there twice`]
    if (column.nullable) return [`uniqueKeys: "${key}" is nullable, and a key has to have a value`]
    return column.type.canBeKey
      ? []
      : [`uniqueKeys: "${key}" is ${column.type.name}, which cannot be compared as a key`]
  })
}

function isColumn(value: unknown): value is Column {
  return isObject(value) && 'kind' in value && value.kind === 'column'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function badName(name: unknown): string {
  const rule = 'expected 1 to 255 lower-case letters, digits or underscores (Iceberg in Glue takes nothing else)'
  return `${rule}, got ${typeof name === 'string' ? JSON.stringify(name) : typeof name}`
}
