import { type Column, type Columns, nullable } from '../table/column.ts'
import { list } from '../table/types/list.ts'
import { map } from '../table/types/map.ts'
import { string } from '../table/types/string.ts'
import { struct } from '../table/types/struct.ts'
import { isJsonSchema, type JsonSchema, REASON } from './json-schema-type.ts'
import { type Location, resolveVariants, takesAll, Unresolvable } from './resolve.ts'
import { type Described, toScalarColumn } from './scalar.ts'
import { unifyColumns } from './unify.ts'

/** What a conversion carries along. */
export interface Conversion {
  /** Columns that are said outright, by name. */
  readonly overrides: Columns
  /** The name of a column or field for a key of the schema; what is wrong with it becomes a problem. */
  readonly nameOf: (key: string, path: readonly string[]) => string
  readonly problems: string[]
}

/** Makes a column of a JSON Schema; undefined where it has no Iceberg form, which has become a problem. */
export function toColumn(schema: unknown, spot: Location, conversion: Conversion): Column | undefined {
  const resolved = resolveVariants(schema, spot)
  if (resolved instanceof Unresolvable) return refuse(resolved.reason, spot, conversion)
  const { variants } = resolved
  if (variants.length === 0) return refuse('null and nothing else', spot, conversion)
  const before = conversion.problems.length
  const columns = variants.map((variant) => toPlainColumn(variant.schema, variant.spot, conversion))
  if (conversion.problems.length > before) return undefined
  const column = unifyColumns(columns.filter((one) => one !== undefined))
  if (column === undefined) return refuse('a union of different types', spot, conversion)
  return resolved.nullable ? nullable(column) : column
}

/** Makes the columns of an object's properties, in their order; what is not required may be null. */
export function toColumns(schema: JsonSchema, spot: Location, conversion: Conversion): Columns {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const columns = new Map<string, Column>()
  for (const [key, value] of Object.entries(isJsonSchema(schema['properties']) ? schema['properties'] : {})) {
    const path = [...spot.path, key]
    const name = conversion.nameOf(key, path)
    if (columns.has(name)) conversion.problems.push(`at ${path.join('.')}: another key is named ${name} as well`)
    const column =
      overridden(name, value, { ...spot, path }, conversion) ?? toColumn(value, { ...spot, path }, conversion)
    if (column !== undefined) columns.set(name, required.includes(key) ? column : nullable(column))
  }
  return Object.fromEntries(columns)
}

/** What is said of a column goes before its schema, except that null stays possible. */
function overridden(name: string, schema: unknown, spot: Location, { overrides }: Conversion): Column | undefined {
  const column = spot.path.length === 1 && Object.hasOwn(overrides, name) ? overrides[name] : undefined
  if (column === undefined) return undefined
  const resolved = resolveVariants(schema, spot)
  return resolved.nullable ? nullable(column) : column
}

function toPlainColumn(schema: JsonSchema, spot: Location, conversion: Conversion): Column | undefined {
  const options: Described = typeof schema['description'] === 'string' ? { doc: schema['description'] } : {}
  const scalar = toScalarColumn(schema, options)
  if (scalar !== undefined) return scalar
  if (schema['type'] === 'array') return toList(schema, spot, conversion, options)
  if (schema['type'] === 'object' || isJsonSchema(schema['properties']))
    return toObject(schema, spot, conversion, options)
  return refuse(describePart(schema), spot, conversion)
}

/** The validator's own reason if there is one. */
function describePart({ [REASON]: reason, type }: JsonSchema): string {
  if (typeof reason === 'string') return reason.slice(0, 300).replace(/[.\s]+$/, '')
  return typeof type === 'string' ? `a value of type ${JSON.stringify(type)}` : 'a value of any type'
}

function toList(schema: JsonSchema, spot: Location, conversion: Conversion, options: Described): Column | undefined {
  const { items } = schema
  if (Array.isArray(schema['prefixItems']) || Array.isArray(items)) return refuse('a tuple', spot, conversion)
  const element = toColumn(items ?? true, { ...spot, path: [...spot.path, 'element'] }, conversion)
  return element === undefined ? undefined : list(element, options)
}

/** An object with properties is a struct, one with keys of any name a map; one that is both would lose fields. */
function toObject(schema: JsonSchema, spot: Location, conversion: Conversion, options: Described): Column | undefined {
  const properties = isJsonSchema(schema['properties']) ? Object.keys(schema['properties']) : []
  const others = anyKeyPattern(schema) ?? schema['additionalProperties']
  const hasTypedOthers = isJsonSchema(others) && Object.keys(others).length > 0 && !takesAll(others)
  if (hasKeyPattern(schema)) return refuse('an object with keys by pattern', spot, conversion)
  if (properties.length > 0) {
    if (hasTypedOthers) return refuse('an object with both fields and keys of any name', spot, conversion)
    return struct(toColumns(schema, spot, conversion), options)
  }
  if (!hasTypedOthers) return refuse('an object with keys of any name and values of any type', spot, conversion)
  const value = toColumn(others, { ...spot, path: [...spot.path, 'value'] }, conversion)
  return value === undefined ? undefined : map(string(), value, options)
}

/** Patterns that every key matches: Joi and TypeBox write their records so. The anchors and a group are taken off before. */
const ANY_KEY = ['', '.', '.*', '.+', '.*?', '.+?', '[\\s\\S]*', '[^]*']

/** The values of an object whose keys may have any name. */
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
