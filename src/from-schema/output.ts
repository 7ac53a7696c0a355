import { isObject } from '../options.ts'
import { formatPath } from '../path.ts'
import { adopt, isThenable } from '../promise.ts'
import { isStandardSchema, type StandardSchema } from '../standard-schema.ts'
import type { Column, Columns } from '../table/column.ts'
import { RowIssue } from '../table/row-issue.ts'
import { typeName } from '../table/wrong-type.ts'
import type { JsonSchema } from './json-schema-type.ts'
import { sampleOf } from './sample-value.ts'

/** What the check of a schema's output needs to know about the table. */
export interface OutputCheck {
  /** The JSON Schema of the schema's output. */
  readonly json: JsonSchema
  /** The columns that are made from it, by name, without those that the user gives. */
  readonly columns: Columns
  readonly nameOf: (key: string) => string
}

/** Validators whose JSON Schema is adapted here, so that it is known to describe their output. */
const EXACT = ['arktype', 'effect', 'valibot', 'zod']

/** How often a sample is changed if the schema refuses it. */
const MAX_ATTEMPTS = 100

/**
 * Finds columns that do not accept what the schema really outputs. A JSON Schema may describe a value's form in JSON: a
 * string for a Date or a Buffer. So a sample is validated when the table is made. If the schema accepts no sample, or is
 * asynchronous, nothing is known and nothing is reported.
 */
export function outputProblems(schema: unknown, check: OutputCheck): string[] {
  if (!isStandardSchema(schema) || EXACT.includes(schema['~standard'].vendor)) return []
  const { json, columns, nameOf } = check
  const location = { root: json, path: [], refs: [], budget: { left: 10_000 } }
  const output = firstOutput(schema, sampleOf(json, location))
  if (!isObject(output)) return []
  return Object.entries(output).flatMap(([key, value]) => {
    const name = nameOf(key)
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined
    return column === undefined ? [] : valueProblems(key, value, column, check)
  })
}

function valueProblems(key: string, value: unknown, column: Column, { nameOf }: OutputCheck): string[] {
  if (value === undefined || value === null) return []
  const issue = tryColumn(renamed(value, column, nameOf), column)
  if (issue === undefined) return []
  const at = [key, formatPath(issue.path)].filter((part) => part !== '').join('.')
  const got = issue.path.length === 0 ? typeName(value) : 'something else'
  const problem = `the schema lets ${got} through, which its JSON Schema does not say (${issue.message})`
  return [`at ${at}: ${problem}; say what the column is, as in columns: { ${nameOf(key)}: json() }`]
}

function tryColumn(value: unknown, { type }: Column): RowIssue | undefined {
  try {
    const encoded = type.encode(value, { from: 'value', unknownFields: 'strip' })
    return encoded instanceof RowIssue && isOfOtherType(value, type, encoded) ? encoded : undefined
  } catch {
    return new RowIssue('WrongType', 'reading it threw')
  }
}

/** Checks the type of an output only, because the value of a sample may be meaningless. */
function isOfOtherType(value: unknown, { name }: Column['type'], { code }: RowIssue): boolean {
  if (typeof value !== 'number') return code === 'WrongType'
  // JSON Schema has times as strings; a number is in seconds or milliseconds.
  return Number.isFinite(value) && (code === 'WrongType' || name === 'timestamp' || name === 'date')
}

/** Renames keys to column names, in structs too, as a transform does. */
function renamed(value: unknown, { type }: Column, nameOf: OutputCheck['nameOf']): unknown {
  if (type.name === 'list' && Array.isArray(value)) return value.map((one) => renamed(one, type.element, nameOf))
  if (type.name !== 'struct' || !isObject(value)) return value
  const fields = Object.entries(value).map(([key, field]) => {
    const column = Object.hasOwn(type.fields, nameOf(key)) ? type.fields[nameOf(key)] : undefined
    return [nameOf(key), column === undefined ? field : renamed(field, column, nameOf)] as const
  })
  return Object.fromEntries(fields)
}

/** Values that a schema may require although its JSON Schema says a string, number or object. */
const OTHERS: readonly (() => unknown)[] = [
  () => new Date(1_769_851_800_000),
  () => 1n,
  () => '2026-01-31T09:30:00.000Z',
  () => '1',
  () => 1,
  () => new Uint8Array(1),
  () => new Map(),
  () => new Set(),
  () => new URL('https://example.com/'),
]

/** Returns the output for the first sample that the schema accepts; undefined if it accepts no sample. */
function firstOutput(schema: StandardSchema, first: unknown): unknown {
  let sample = first
  const tried = new Map<string, number>()
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const result = validate(schema, sample)
    if (result === undefined) return undefined
    if (!result.issues) return result.value
    const path = result.issues[0]?.path?.map((segment) => (typeof segment === 'object' ? segment.key : segment)) ?? []
    const key = path.map(String).join('\n')
    const attempts = tried.get(key) ?? 0
    if (path.length === 0 || attempts > OTHERS.length) return undefined
    tried.set(key, attempts + 1)
    // Finally without the value: the others may still be checked.
    sample = replaced(sample, path, OTHERS[attempts]?.())
  }
  return undefined
}

function validate(
  schema: StandardSchema,
  sample: unknown,
): Exclude<ReturnType<Validate>, Promise<unknown>> | undefined {
  try {
    const result = schema['~standard'].validate(sample)
    if (!isThenable(result)) return result
    // An unhandled rejection would end the process.
    adopt(result).catch(() => undefined)
  } catch {
    // A schema may throw at an unexpected value.
  }
  return undefined
}

type Validate = StandardSchema['~standard']['validate']

function replaced(value: unknown, [key, ...rest]: readonly PropertyKey[], part: unknown): unknown {
  if (key === undefined) return part
  if (Array.isArray(value)) {
    return value.map((element, index) => (String(index) === String(key) ? replaced(element, rest, part) : element))
  }
  const object = isObject(value) ? value : {}
  return { ...object, [key]: replaced(object[String(key)], rest, part) }
}
