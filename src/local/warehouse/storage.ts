import type { Buffer } from 'node:buffer'
import type { SchemaElement } from 'hyparquet-writer'
import type { TypeName } from '../../table/column.ts'
import type { Refusal } from '../../table/refusal.ts'
import { booleanBytes, doubleBytes, intBytes, longBytes, textBytes } from './bounds.ts'
import type { StoredValue } from './types.ts'
import { toBoolean, toDays, toDouble, toInt, toLong, toMicros, toText } from './values.ts'

/** How a column type gets from JSON to disk. */
export interface Storage {
  /** The Parquet type. https://iceberg.apache.org/spec/#parquet */
  readonly parquet: Pick<SchemaElement, 'type' | 'converted_type' | 'logical_type'>
  /** Reads a JSON value that is not null, or says why it is none of this type. */
  readonly read: (json: unknown) => StoredValue | Refusal
  /** Writes a value as a bound. https://iceberg.apache.org/spec/#appendix-d-single-value-serialization */
  readonly toBytes: (value: StoredValue) => Buffer
}

const TEXT: Storage = {
  parquet: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  read: toText,
  toBytes: textBytes,
}

/** The storage of every column type: a new type is one more case, and the compiler asks for it. */
export function storageOf(type: TypeName): Storage {
  switch (type) {
    case 'boolean':
      return { parquet: { type: 'BOOLEAN' }, read: toBoolean, toBytes: booleanBytes }
    case 'int':
      return { parquet: { type: 'INT32' }, read: toInt, toBytes: intBytes }
    case 'long':
      return { parquet: { type: 'INT64' }, read: toLong, toBytes: longBytes }
    case 'double':
      return { parquet: { type: 'DOUBLE' }, read: toDouble, toBytes: doubleBytes }
    case 'date':
      return {
        parquet: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
        read: toDays,
        toBytes: intBytes,
      }
    case 'timestamp':
      return microseconds(false)
    case 'timestamptz':
      return microseconds(true)
    case 'string':
    case 'json':
      return TEXT
  }
}

function microseconds(isAdjustedToUTC: boolean): Storage {
  return {
    parquet: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit: 'MICROS' } },
    read: toMicros,
    toBytes: longBytes,
  }
}
