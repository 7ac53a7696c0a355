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

/** The options of a column that a schema gives. */
export interface Described {
  readonly doc?: string
}

/** Makes the column of a scalar; undefined if the schema has no type, or a nested one. */
export function toScalarColumn(schema: JsonSchema, options: Described): Column | undefined {
  switch (scalarType(schema)) {
    case 'boolean':
      return boolean(options)
    case 'integer':
      return isInt(schema) ? int(options) : long(options)
    case 'number':
      return schema['format'] === 'float' ? float(options) : double(options)
    // TypeBox has types that JSON does not have.
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

/** Returns the type that a schema names, or the common type of the values that it lists. */
function scalarType(schema: JsonSchema): unknown {
  if (schema['type'] !== undefined) return schema['type']
  const values = Array.isArray(schema['enum']) ? schema['enum'] : 'const' in schema ? [schema['const']] : []
  const types = new Set(values.map(valueType))
  // Whole numbers and others together are numbers.
  if (types.has('number')) types.delete('integer')
  return types.size === 1 ? [...types][0] : undefined
}

function valueType(value: unknown): string {
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}

/** Checks whether the schema's bounds fit into 32 bits; a number without bounds may need more. */
function isInt(schema: JsonSchema): boolean {
  if (schema['format'] === 'int32') return true
  const { minimum, maximum } = schema
  return typeof minimum === 'number' && minimum >= -(2 ** 31) && typeof maximum === 'number' && maximum < 2 ** 31
}

/** Makes the column of a string: a few formats have an Iceberg type. The format `time` does not, because it has an offset. */
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
