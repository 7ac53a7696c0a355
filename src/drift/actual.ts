/** A type of a table that exists, in the words of where it was read. */
export type FoundType = FoundPrimitive | FoundList | FoundMap | FoundStruct

/** A primitive type: `long` where Iceberg's metadata was read, `bigint` where Glue was. */
export interface FoundPrimitive {
  readonly kind: 'primitive'
  readonly name: string
}

/** A list. Glue does not tell whether its elements may be null. */
export interface FoundList {
  readonly kind: 'list'
  readonly element: FoundType
  readonly elementRequired: boolean | undefined
}

/** A map. Glue does not tell whether its values may be null. */
export interface FoundMap {
  readonly kind: 'map'
  readonly key: FoundType
  readonly value: FoundType
  readonly valueRequired: boolean | undefined
}

/** A struct. */
export interface FoundStruct {
  readonly kind: 'struct'
  readonly fields: readonly FoundField[]
}

/** A column, or a field of a struct. */
export interface FoundField {
  readonly name: string
  readonly type: FoundType
  /** Undefined where the source does not tell. */
  readonly required: boolean | undefined
}

/** A table that exists, as far as its source tells. */
export interface FoundTable {
  /** Whose words its types are in. */
  readonly source: 'glue' | 'metadata'
  readonly database: string | undefined
  readonly name: string
  /** What it is where it is no Iceberg table, in words. */
  readonly notIceberg: string | undefined
  readonly formatVersion: number | undefined
  readonly columns: readonly FoundField[]
  /** Columns that were dropped, which Glue goes on to list. */
  readonly dropped: readonly string[]
  /** The identifier fields by name; undefined where the source does not tell. */
  readonly keys: readonly string[] | undefined
  /** The partition fields, as `day(at)`; undefined where the source does not tell. */
  readonly partition: readonly FoundPartition[] | undefined
  /** The file that holds what the source does not tell. */
  readonly metadataLocation: string | undefined
}

/** One field of a partition spec. */
export interface FoundPartition {
  readonly column: string
  /** As Athena writes it: `day(at)`, `bucket(16, id)`, `id`. */
  readonly text: string
}
