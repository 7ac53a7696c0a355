import { MAX_ROW_DEPTH } from '../firehose/limits.ts'
import { isTableName } from '../firehose/names.ts'
import { isObject, oneOf, optional, quote, type Rule, type Rules, ruleProblems } from '../options.ts'
import { isColumn } from './column.ts'
import { innerColumns } from './fields.ts'
import type { PartitionField } from './partition.ts'

const NAME: Rule = [
  isTableName,
  '1 to 255 lower-case letters, digits or underscores (Iceberg in Glue takes nothing else)',
]

/** The names of the columns that Iceberg itself adds to a table: https://iceberg.apache.org/spec/#reserved-field-ids */
const RESERVED =
  /^_(?:file|pos|deleted|spec_id|partition|row_id|last_updated_sequence_number|change_type|change_ordinal|commit_snapshot_id)$/

const RULES: Rules = {
  name: NAME,
  columns: [isObject, 'an object'],
  uniqueKeys: optional([Array.isArray, 'a list of column names']),
  partitionBy: optional([Array.isArray, "a list of partitions like t.day('at')"]),
  unknownColumns: optional(oneOf('refuse', 'strip')),
}

/** The state of a walk over the columns of a table, and the problems that it finds. */
interface Walk {
  readonly problems: string[]
  readonly keys: readonly unknown[]
  /** The field ids that columns set. */
  readonly ids: Set<number>
}

/** Lists every problem of the options of `defineTable`, one sentence each. */
export function tableProblems(options: unknown): readonly string[] {
  const problems = ruleProblems(options, RULES)
  const { columns, uniqueKeys, partitionBy } = isObject(options) ? options : {}
  if (!isObject(columns)) return problems
  const keys = listOf(uniqueKeys)
  checkColumns({ problems, keys, ids: new Set() }, columns, 'columns')
  for (const [index, key] of keys.entries()) {
    const problem = keys.indexOf(key) === index ? keyProblem(columns, key) : 'appears twice'
    if (problem !== undefined) problems.push(`uniqueKeys: ${quote(key)} ${problem}`)
  }
  const earlier: PartitionField[] = []
  for (const field of listOf(partitionBy)) {
    if (isPartition(field)) {
      problems.push(...field.check(field, columns, earlier))
      earlier.push(field)
    } else problems.push("partitionBy: expected partitions like t.day('at'), got something else")
  }
  return problems
}

/** Checks the columns of one level; the row itself is the first level. */
function checkColumns(walk: Walk, columns: object, path: string, depth = 1): void {
  // The indexes of a list would pass as names.
  const entries = Array.isArray(columns) ? [] : Object.entries(columns)
  if (entries.length === 0) walk.problems.push(`${path}: expected an object with at least one column`)
  for (const [name, column] of entries) {
    const where = `${path}.${name}`
    if (depth === 1 && RESERVED.test(name)) {
      walk.problems.push(`${where}: expected another name, got one of Iceberg's own columns`)
      continue
    }
    // Assigning `__proto__` sets the prototype, not a key, so a row could not carry it.
    if (isTableName(name) && name !== '__proto__') checkColumn(walk, column, where, depth)
    else walk.problems.push(`${where}: expected ${NAME[1]}, got ${quote(name)}`)
  }
}

function checkColumn(walk: Walk, column: unknown, path: string, depth: number): void {
  const { problems, ids, keys } = walk
  if (!isColumn(column)) {
    problems.push(`${path}: expected a column like t.string(), got ${kindOf(column)}`)
    return
  }
  const { type, id } = column
  for (const problem of column.problems ?? []) problems.push(`${path}: ${problem}`)
  if (id !== undefined && ids.size === ids.add(id).size) problems.push(`${path}: field id ${id} appears twice`)
  const inner = innerColumns(type)
  if (inner === undefined) return
  if (depth === MAX_ROW_DEPTH)
    problems.push(`${path}: expected at most ${MAX_ROW_DEPTH} levels (Firehose's limit), got more`)
  else checkColumns(walk, inner, path, depth + 1)
  // Firehose looks a unique key up by its bare name.
  for (const key of type.name === 'struct' ? keys : []) {
    if (typeof key === 'string' && Object.hasOwn(inner, key))
      problems.push(
        `uniqueKeys: "${key}" is also a field of the struct ${path}; Firehose needs a key's name to be unique`,
      )
  }
}

/** A function is most likely a type without its parentheses. */
function kindOf(value: unknown): string {
  return typeof value === 'function' ? 'a function: add its parentheses, as in t.int()' : 'something else'
}

function keyProblem(columns: { readonly [name: string]: unknown }, key: unknown): string | undefined {
  const column = typeof key === 'string' && Object.hasOwn(columns, key) ? columns[key] : undefined
  if (!isColumn(column)) return 'is not a column'
  if (column.nullable) return 'is nullable, but a key needs a value'
  return column.type.canBeKey ? undefined : `is ${column.type.name}, which cannot be compared as a key`
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isPartition(value: unknown): value is PartitionField {
  return isObject(value) && value['kind'] === 'partition' && typeof value['check'] === 'function'
}
