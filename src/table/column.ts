import { isObject, ofType, optional, type Rules, ruleProblems, wholeNumber } from '../options.ts'
import type { EpochUnit } from './epoch.ts'
import type { EscapeCount } from './escape-count.ts'
import type { RowIssue } from './row-issue.ts'

/** How a value is read, and how a struct treats unknown fields. */
export interface Encoding {
  /** `value`: what a transform returned. `encoded`: JSON that an earlier encoding wrote, on its way back from a stream. */
  readonly from: 'value' | 'encoded'
  readonly unknownFields: 'refuse' | 'strip'
}

/** Writes a value that is not null as JSON text, or returns the issue that it has. */
export type Encode = (value: unknown, encoding: Encoding) => string | RowIssue

/**
 * Writes what `encode` writes between its quotes, but without escaping strings: the caller checks afterwards that no
 * string needed an escape. Undefined if the value has to be encoded.
 *
 * @param escapes counts the escapes that are written
 */
export type EncodeUnescaped = (value: unknown, escapes: EscapeCount) => string | undefined

interface TypeBase {
  /** May be part of a unique key: Iceberg's identifier fields may not be floating-point or nested. */
  readonly canBeKey: boolean
  readonly encode: Encode
  /** What the numbers count that it converts to a time. */
  readonly unit?: EpochUnit | 'days'
  /** Every value is written without quotes. */
  readonly isBare?: boolean
  /** Only for a type that is written as a string and accepts any string. */
  readonly encodeUnescaped?: EncodeUnescaped
  /** What is wrong with the settings of the type; its columns report it. */
  readonly problems?: readonly string[]
}

/** A type without settings. `json` is a string in Iceberg. */
export interface PrimitiveType extends TypeBase {
  readonly name: 'boolean' | 'int' | 'long' | 'float' | 'double' | 'date' | 'string' | 'json' | 'uuid'
}

/** A decimal number of `precision` digits, `scale` of them after the point. */
export interface DecimalType extends TypeBase {
  readonly name: 'decimal'
  readonly precision: number
  readonly scale: number
}

/** A time, written as microseconds or as an ISO 8601 string. */
export interface TimeType extends TypeBase {
  readonly name: 'time' | 'timestamp' | 'timestamptz'
  readonly as: 'micros' | 'iso'
}

/** Bytes of any length, written as base64 or hexadecimal digits. */
export interface BinaryType extends TypeBase {
  readonly name: 'binary'
  readonly as: 'base64' | 'hex'
}

/** Exactly `length` bytes, written as base64 or hexadecimal digits. */
export interface FixedType extends TypeBase {
  readonly name: 'fixed'
  readonly length: number
  readonly as: 'base64' | 'hex'
}

/** A list; its element may be nullable. */
export interface ListType extends TypeBase {
  readonly name: 'list'
  readonly element: Column
}

/** A map; its value may be nullable, its key is a primitive that is not. */
export interface MapType extends TypeBase {
  readonly name: 'map'
  readonly key: Column
  readonly value: Column
}

/** A struct, whose fields are columns themselves. */
export interface StructType extends TypeBase {
  readonly name: 'struct'
  readonly fields: Columns
}

/** A type without others inside it. */
export type LeafType = PrimitiveType | DecimalType | TimeType | BinaryType | FixedType

/** What a column holds: plain data, so that every artefact is one exhaustive switch over `name`. */
export type ColumnType = LeafType | ListType | MapType | StructType

/** The names of all column types. */
export type TypeName = ColumnType['name']

/** Settings that every column has. */
export interface ColumnOptions<Value = unknown> {
  /** A comment on the column, for people who read the table. */
  readonly doc?: string
  /** The value for a row without this key; an explicit `null` is not replaced. */
  readonly default?: Value
  /** The field id of the Iceberg schema, at most 2147483447, for a table that exists already; by default ids count up from 1. */
  readonly id?: number
}

/** A column: a read-only plain object. `Value` is what a transform may return for it. */
export interface Column<Value = unknown> {
  readonly kind: 'column'
  readonly type: ColumnType
  readonly nullable: boolean
  readonly doc?: string
  readonly default?: unknown
  readonly id?: number
  /** What is wrong with its type and its options; `defineTable` reports it with the column's name. */
  readonly problems?: readonly string[]
  /** Only in the types: what a transform may return. */
  readonly '~value'?: readonly [Value]
}

/** The columns of a table, or the fields of a struct, by name, in their order. */
export type Columns = { readonly [name: string]: Column }

/** What a transform may return for a column with these options: with a default the key may be left out. */
export type ValueWith<Value, Options> = Options extends { readonly default: unknown } ? Value | undefined : Value

/** Iceberg keeps the ids above it for its own columns: https://iceberg.apache.org/spec/#reserved-field-ids */
const MAX_FIELD_ID = 2_147_483_447

/** The options of every column. They are checked here because TypeScript accepts objects with extra keys. */
const OPTIONS: Rules = {
  doc: optional(ofType('string')),
  default: [() => true, 'any value'],
  id: optional(wholeNumber(1, MAX_FIELD_ID)),
}

/**
 * Makes a column of a type; the constructor of every type calls it.
 *
 * @param more the rules for the type's own options
 */
export function column<Value>(type: ColumnType, options: ColumnOptions = {}, more: Rules = {}): Column<Value> {
  // A JavaScript caller may pass null; `ruleProblems` reports it.
  const { doc, id, default: value } = options ?? {}
  const problems = [...(type.problems ?? []), ...ruleProblems(options, { ...OPTIONS, ...more })]
  if (value !== undefined && problems.length === 0) problems.push(...defaultProblems(type, value))
  return {
    kind: 'column',
    type,
    nullable: false,
    ...(doc !== undefined && { doc }),
    // Ignore an invalid default: structs encode their fields' defaults eagerly.
    ...(value !== undefined && problems.length === 0 && { default: value }),
    ...(id !== undefined && { id }),
    ...(problems.length > 0 && { problems }),
  }
}

/** Checks whether a value is a column: a JavaScript caller may pass anything. */
export function isColumn(value: unknown): value is Column {
  return isObject(value) && value['kind'] === 'column'
}

function defaultProblems({ encode }: ColumnType, value: unknown): readonly string[] {
  try {
    const text = encode(value, { from: 'value', unknownFields: 'refuse' })
    return typeof text === 'string' ? [] : [`default: ${text.message}`]
  } catch {
    // Usually because a column inside is wrong, which is reported with that column.
    return ['default: cannot be written']
  }
}

/** Lets a column hold null: its value may be `null`, and a missing key is written as `null`. */
export function nullable<Value>(inner: Column<Value>): Column<Value | null> {
  return { ...inner, nullable: true } as Column<Value | null>
}
