import type { Column } from '../table/column.ts'
import { boolean } from '../table/types/boolean.ts'
import { date } from '../table/types/date.ts'
import { double } from '../table/types/double.ts'
import { float } from '../table/types/float.ts'
import { int } from '../table/types/int.ts'
import { long } from '../table/types/long.ts'
import { string } from '../table/types/string.ts'
import { timestamp } from '../table/types/timestamp.ts'
import { uuid } from '../table/types/uuid.ts'
import type { JsonSchema } from './json-schema-type.ts'

/** What a schema says of a column besides its type. */
export interface Described {
  readonly doc?: string
}

/** The column of a value without parts; undefined where the schema says no type, or one with parts. */
export function toScalarColumn(schema: JsonSchema, options: Described): Column | undefined {
  switch (scalarType(schema)) {
    case 'boolean':
      return boolean(options)
    case 'integer':
      return isInt(schema) ? int(options) : long(options)
    case 'number':
      return schema['format'] === 'float' ? float(options) : double(options)
    // TypeBox has types that JSON has not.
    case 'bigint':
      return long(options)
    case 'Date':
      return timestamp(options)
    case 'string':
      return stringColumn(schema['format'], options)
    default:
      return undefined
  }
}

/** The type that a schema names, or that all values have which it lists. */
function scalarType(schema: JsonSchema): unknown {
  if (schema['type'] !== undefined) return schema['type']
  const values = Array.isArray(schema['enum']) ? schema['enum'] : 'const' in schema ? [schema['const']] : []
  const types = new Set(values.map(valueType))
  // Whole numbers among others make all of them numbers.
  if (types.has('number')) types.delete('integer')
  return types.size === 1 ? [...types][0] : undefined
}

function valueType(value: unknown): string {
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}

/** 32 bits where the schema promises it; a number without bounds may need more. */
function isInt(schema: JsonSchema): boolean {
  if (schema['format'] === 'int32') return true
  const { minimum, maximum } = schema
  return typeof minimum === 'number' && minimum >= -(2 ** 31) && typeof maximum === 'number' && maximum < 2 ** 31
}

/** Formats that Iceberg has a type for; every other string is one: the format `time` has an offset, which `time()` has not. */
function stringColumn(format: unknown, options: Described): Column {
  switch (format) {
    case 'date-time':
      return timestamp(options)
    case 'date':
      return date(options)
    case 'uuid':
      return uuid(options)
    default:
      return string(options)
  }
}
