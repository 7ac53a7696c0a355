import type { Buffer } from 'node:buffer'
import type { SchemaElement } from 'hyparquet-writer'
import type { DecimalType, LeafType } from '../../table/column.ts'
import type { RowIssue } from '../../table/row-issue.ts'
import {
  booleanBytes,
  doubleBytes,
  floatBytes,
  intBytes,
  longBytes,
  rawBytes,
  textBytes,
  unscaledBytes,
  uuidBytes,
} from './bounds.ts'
import type { LeafValue } from './types.ts'
import {
  toBoolean,
  toBytes,
  toDays,
  toDouble,
  toFloat,
  toInt,
  toLong,
  toMicros,
  toText,
  toTimeOfDay,
  toUnscaled,
  toUuid,
} from './values.ts'

/** How a column type is read from JSON and stored. */
export interface Storage {
  /** The Parquet type. https://iceberg.apache.org/spec/#parquet */
  readonly parquet: Omit<SchemaElement, 'name' | 'field_id' | 'repetition_type'>
  /** Reads a JSON value that is not null, or returns why it does not have this type. */
  readonly read: (json: unknown) => LeafValue | RowIssue
  /** Writes a value as a bound. https://iceberg.apache.org/spec/#appendix-d-single-value-serialization */
  readonly toBytes: (value: LeafValue) => Buffer
}

/** The storage of every type that is not nested. A new type is one more case; the compiler reports it if it is missing. */
export function storageOf(type: LeafType): Storage {
  switch (type.name) {
    case 'boolean':
      return { parquet: { type: 'BOOLEAN' }, read: toBoolean, toBytes: booleanBytes }
    case 'int':
      return { parquet: { type: 'INT32' }, read: toInt, toBytes: intBytes }
    case 'long':
      return { parquet: { type: 'INT64' }, read: toLong, toBytes: longBytes }
    case 'float':
      return { parquet: { type: 'FLOAT' }, read: toFloat, toBytes: floatBytes }
    case 'double':
      return { parquet: { type: 'DOUBLE' }, read: toDouble, toBytes: doubleBytes }
    case 'decimal':
      return { parquet: decimalElement(type), read: (json) => toUnscaled(json, type), toBytes: unscaledBytes }
    case 'date':
      return { parquet: DATE, read: toDays, toBytes: intBytes }
    case 'time':
      return { parquet: TIME, read: toTimeOfDay, toBytes: longBytes }
    case 'timestamp':
      return { parquet: timestampElement(false), read: toMicros, toBytes: longBytes }
    case 'timestamptz':
      return { parquet: timestampElement(true), read: toMicros, toBytes: longBytes }
    case 'string':
    case 'json':
      return { parquet: STRING, read: toText, toBytes: textBytes }
    case 'uuid':
      return { parquet: UUID, read: toUuid, toBytes: uuidBytes }
    case 'binary':
      return { parquet: { type: 'BYTE_ARRAY' }, read: (json) => toBytes(json, type), toBytes: rawBytes }
    case 'fixed':
      return {
        parquet: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: type.length },
        read: (json) => toBytes(json, type),
        toBytes: rawBytes,
      }
  }
}

const STRING: Storage['parquet'] = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }
const DATE: Storage['parquet'] = { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }
const TIME: Storage['parquet'] = {
  type: 'INT64',
  logical_type: { type: 'TIME', isAdjustedToUTC: false, unit: 'MICROS' },
}
const UUID: Storage['parquet'] = { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } }

function timestampElement(isAdjustedToUTC: boolean): Storage['parquet'] {
  return { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit: 'MICROS' } }
}

/** As small as the precision allows: 32 bits to 9 digits, 64 to 18, as many bytes as it takes beyond. */
function decimalElement({ precision, scale }: DecimalType): Storage['parquet'] {
  const decimal = {
    converted_type: 'DECIMAL',
    precision,
    scale,
    logical_type: { type: 'DECIMAL', precision, scale },
  } as const
  if (precision <= 9) return { type: 'INT32', ...decimal }
  if (precision <= 18) return { type: 'INT64', ...decimal }
  return { type: 'FIXED_LEN_BYTE_ARRAY', type_length: decimalBytes(precision), ...decimal }
}

/** The fewest bytes for every signed number with this many digits. */
export function decimalBytes(precision: number): number {
  const bits = (10n ** BigInt(precision) - 1n).toString(2).length + 1
  return Math.ceil(bits / 8)
}
