import type { Refusal } from './refusal.ts'

/** What a column writes into the row's JSON. */
export type EncodedValue = string | number | boolean | null

/** The names of all column types. */
export type TypeName = 'boolean' | 'date' | 'double' | 'int' | 'json' | 'long' | 'string' | 'timestamp' | 'timestamptz'

/** What one type of column is: its names on the other side, and how a value is checked and written. */
export interface ColumnType {
  readonly name: TypeName
  /** The type in the Iceberg table. https://iceberg.apache.org/spec/#primitive-types */
  readonly iceberg: string
  /** The type in Athena DDL. https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-supported-data-types.html */
  readonly athena: string
  /** May be part of a key: Iceberg's identifier fields may not be floating-point. */
  readonly key: boolean
  /** Writes a value that is not null, or says why it is none of this type. */
  readonly encode: (value: unknown) => EncodedValue | Refusal
}

/** Settings that every column has. */
export interface ColumnOptions {
  /** A comment on the column, for people who read the table. */
  readonly doc?: string
}

/** A column: a read-only plain object. `Value` is what a transform may return for it. */
export interface Column<Value = unknown> {
  readonly kind: 'column'
  readonly type: ColumnType
  readonly nullable: boolean
  readonly doc?: string
  /** Only in the types: what a transform may return. */
  readonly '~value'?: Value
}

/** The columns of a table by name, in their order. */
export type Columns = { readonly [name: string]: Column }

/** Makes a column of a type; every type's constructor ends here. */
export function column<Value>(type: ColumnType, options: ColumnOptions = {}): Column<Value> {
  return { kind: 'column', type, nullable: false, ...options }
}

/** Lets a column hold null: its value may then be `null`, and a key that is not there is written as `null`. */
export function nullable<Value>(inner: Column<Value>): Column<Value | null> {
  return { ...inner, nullable: true } as Column<Value | null>
}
