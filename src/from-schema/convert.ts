import { type Column, type Columns, nullable } from '../table/column.ts'
import { list } from '../table/types/list.ts'
import { map } from '../table/types/map.ts'
import { string } from '../table/types/string.ts'
import { struct } from '../table/types/struct.ts'
import { isJsonSchema, type JsonSchema, REASON } from './json-schema-type.ts'
import { type Location, resolveVariants, takesAll, Unresolvable } from './resolve.ts'
import { type Described, toScalarColumn } from './scalar.ts'
import { unifyColumns } from './unify.ts'

/** The state of a conversion. */
export interface Conversion {
  /** Columns that the user gives, by name. */
  readonly overrides: Columns
  /** Names the column or field for a key of the schema; an invalid name becomes a problem. */
  readonly nameOf: (key: string, path: readonly string[]) => string
  readonly problems: string[]
}

/** Makes a column of a JSON Schema; undefined if it has no Iceberg form, which is added to the problems. */
export function toColumn(schema: unknown, location: Location, conversion: Conversion): Column | undefined {
  const resolved = resolveVariants(schema, location)
  if (resolved instanceof Unresolvable) return refuse(resolved.reason, location, conversion)
  const { variants } = resolved
  if (variants.length === 0) return refuse('null and nothing else', location, conversion)
  const before = conversion.problems.length
  const columns = variants.map((variant) => toPlainColumn(variant.schema, variant.location, conversion))
  if (conversion.problems.length > before) return undefined
  const column = unifyColumns(columns.filter((one) => one !== undefined))
  if (column === undefined) return refuse('a union of different types', location, conversion)
  return resolved.nullable ? nullable(column) : column
}

/** Makes the columns of an object's properties, in their order; a property that is not required is nullable. */
export function toColumns(schema: JsonSchema, location: Location, conversion: Conversion): Columns {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const columns = new Map<string, Column>()
  for (const [key, value] of Object.entries(isJsonSchema(schema['properties']) ? schema['properties'] : {})) {
    const path = [...location.path, key]
    const name = conversion.nameOf(key, path)
    if (columns.has(name)) conversion.problems.push(`at ${path.join('.')}: another key becomes ${name} too`)
    const column =
      overridden(name, value, { ...location, path }, conversion) ?? toColumn(value, { ...location, path }, conversion)
    if (column !== undefined) columns.set(name, required.includes(key) ? column : nullable(column))
  }
  return Object.fromEntries(columns)
}

/** Prefers the user's column to the schema, except that null stays possible. */
function overridden(name: string, schema: unknown, location: Location, { overrides }: Conversion): Column | undefined {
  const column = location.path.length === 1 && Object.hasOwn(overrides, name) ? overrides[name] : undefined
  if (column === undefined) return undefined
  const resolved = resolveVariants(schema, location)
  return resolved.nullable ? nullable(column) : column
}

function toPlainColumn(schema: JsonSchema, location: Location, conversion: Conversion): Column | undefined {
  const options: Described = typeof schema['description'] === 'string' ? { doc: schema['description'] } : {}
  const scalar = toScalarColumn(schema, options)
  if (scalar !== undefined) return scalar
  if (schema['type'] === 'array') return toList(schema, location, conversion, options)
  if (schema['type'] === 'object' || isJsonSchema(schema['properties']))
    return toObject(schema, location, conversion, options)
  return refuse(describePart(schema), location, conversion)
}

/** Returns the validator's own reason, if there is one. */
function describePart({ [REASON]: reason, type }: JsonSchema): string {
  if (typeof reason === 'string') return reason.slice(0, 300).replace(/[.\s]+$/, '')
  return typeof type === 'string' ? `a value of type ${JSON.stringify(type)}` : 'a value of any type'
}

function toList(
  schema: JsonSchema,
  location: Location,
  conversion: Conversion,
  options: Described,
): Column | undefined {
  const { items } = schema
  if (Array.isArray(schema['prefixItems']) || Array.isArray(items)) return refuse('a tuple', location, conversion)
  const element = toColumn(items ?? true, { ...location, path: [...location.path, 'element'] }, conversion)
  return element === undefined ? undefined : list(element, options)
}

/** Converts an object: with properties it is a struct, with keys of any name a map. An object with both would lose fields. */
function toObject(
  schema: JsonSchema,
  location: Location,
  conversion: Conversion,
  options: Described,
): Column | undefined {
  const properties = isJsonSchema(schema['properties']) ? Object.keys(schema['properties']) : []
  const others = anyKeyPattern(schema) ?? schema['additionalProperties']
  const hasTypedOthers = isJsonSchema(others) && Object.keys(others).length > 0 && !takesAll(others)
  if (hasKeyPattern(schema)) return refuse('an object with keys by pattern', location, conversion)
  if (properties.length > 0) {
    if (hasTypedOthers) return refuse('an object with both fields and keys of any name', location, conversion)
    return struct(toColumns(schema, location, conversion), options)
  }
  if (!hasTypedOthers) return refuse('an object with keys of any name and values of any type', location, conversion)
  const value = toColumn(others, { ...location, path: [...location.path, 'value'] }, conversion)
  return value === undefined ? undefined : map(string(), value, options)
}

/** Patterns that match every key, without anchors and group: Joi and TypeBox write records with them. */
const ANY_KEY = ['', '.', '.*', '.+', '.*?', '.+?', '[\\s\\S]*', '[^]*']

/** Returns the schema of the values of an object whose keys may have any name. */
function anyKeyPattern({ patternProperties }: JsonSchema): unknown {
  const [only, ...others] = isJsonSchema(patternProperties) ? Object.entries(patternProperties) : []
  if (only === undefined || others.length > 0) return undefined
  const bare = only[0]
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/^\((?:\?:)?(.*)\)$/, '$1')
  return ANY_KEY.includes(bare) ? only[1] : undefined
}

function hasKeyPattern(schema: JsonSchema): boolean {
  const patterns = schema['patternProperties']
  return isJsonSchema(patterns) && Object.keys(patterns).length > 0 && anyKeyPattern(schema) === undefined
}

function refuse(what: string, { path }: Location, { problems }: Conversion): undefined {
  problems.push(
    `at ${path.join('.')}: ${what} has no Iceberg form; say what the column is, as in columns: { ${path[0]}: json() }`,
  )
  return undefined
}
