import { isObject } from '../options.ts'
import { adopt, isThenable } from '../promise.ts'
import { isStandardSchema, type StandardSchema } from '../standard-schema.ts'
import type { Column, Columns } from '../table/column.ts'
import { formatPath } from '../table/path.ts'
import { RowIssue } from '../table/row-issue.ts'
import { typeName } from '../table/wrong-type.ts'
import type { JsonSchema } from './json-schema-type.ts'
import { sampleOf } from './sample-value.ts'

/** What the check of a schema's output needs to know of the table that is made. */
export interface OutputCheck {
  /** What the schema is said to let through. */
  readonly json: JsonSchema
  /** The columns that are made of it, by name; those that are given are not among them. */
  readonly columns: Columns
  readonly nameOf: (key: string) => string
}

/** Validators whose JSON Schema is made here to say what they let through, or that it cannot be said. */
const EXACT = ['arktype', 'effect', 'valibot', 'zod']

/** As often as a sample is changed where the schema refuses it. */
const MAX_ATTEMPTS = 100

/**
 * What a schema lets through in fact and its column does not take. A JSON Schema may describe what a value would be as JSON:
 * a string for a Date or a Buffer. A sample is validated when the table is made; if the schema takes none, or answers later,
 * nothing is known and nothing is said.
 */
export function outputProblems(schema: unknown, check: OutputCheck): string[] {
  if (!isStandardSchema(schema) || EXACT.includes(schema['~standard'].vendor)) return []
  const { json, columns, nameOf } = check
  const spot = { root: json, path: [], refs: [], budget: { left: 10_000 } }
  const output = firstOutput(schema, sampleOf(json, spot))
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

/** A sample may make no sense to the schema: of its value only the type counts. */
function isOfOtherType(value: unknown, { name }: Column['type'], { code }: RowIssue): boolean {
  if (typeof value !== 'number') return code === 'WrongType'
  // JSON Schema has times as strings: numbers are seconds or milliseconds.
  return Number.isFinite(value) && (code === 'WrongType' || name === 'timestamp' || name === 'date')
}

/** A transform writes the names of the columns, in structs too. */
function renamed(value: unknown, { type }: Column, nameOf: OutputCheck['nameOf']): unknown {
  if (type.name === 'list' && Array.isArray(value)) return value.map((one) => renamed(one, type.element, nameOf))
  if (type.name !== 'struct' || !isObject(value)) return value
  const fields = Object.entries(value).map(([key, field]) => {
    const column = Object.hasOwn(type.fields, nameOf(key)) ? type.fields[nameOf(key)] : undefined
    return [nameOf(key), column === undefined ? field : renamed(field, column, nameOf)] as const
  })
  return Object.fromEntries(fields)
}

/** Values that a schema may want where its JSON Schema says a string, number or object. */
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

/** What the schema makes of the first sample that it takes; undefined if it takes none. */
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
    // At last without it: the others may still be known.
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
    // A rejection that nobody waits for would end the process.
    adopt(result).catch(() => undefined)
  } catch {
    // A schema may throw at a value that it does not know.
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
