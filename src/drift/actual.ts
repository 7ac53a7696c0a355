/** The type of a column in a table that exists, under the name that its source gives it. */
export type ActualType = ActualPrimitive | ActualList | ActualMap | ActualStruct

/** A primitive type: `long` in Iceberg's metadata, `bigint` in Glue. */
export interface ActualPrimitive {
  readonly kind: 'primitive'
  readonly name: string
}

/** A list. Glue does not say whether its elements may be null. */
export interface ActualList {
  readonly kind: 'list'
  readonly element: ActualType
  readonly elementRequired: boolean | undefined
}

/** A map. Glue does not say whether its values may be null. */
export interface ActualMap {
  readonly kind: 'map'
  readonly key: ActualType
  readonly value: ActualType
  readonly valueRequired: boolean | undefined
}

/** A struct. */
export interface ActualStruct {
  readonly kind: 'struct'
  readonly fields: readonly ActualField[]
}

/** A column, or a field of a struct. */
export interface ActualField {
  readonly name: string
  readonly type: ActualType
  /** Undefined if the source does not say. */
  readonly required: boolean | undefined
}

/** A table that exists, as its source describes it. */
export interface ActualTable {
  /** The source that was read; its types have the names of that source. */
  readonly source: 'glue' | 'metadata'
  readonly database: string | undefined
  readonly name: string
  /** What the table is instead of an Iceberg table, in words; undefined for an Iceberg table. */
  readonly notIceberg: string | undefined
  readonly formatVersion: number | undefined
  readonly columns: readonly ActualField[]
  /** Dropped columns, which Glue continues to list. */
  readonly dropped: readonly string[]
  /** The identifier fields by name; undefined if the source does not say. */
  readonly keys: readonly string[] | undefined
  /** The partition fields, as `day(at)`; undefined if the source does not say. */
  readonly partition: readonly ActualPartition[] | undefined
  /** The metadata file, which has what the source does not say. */
  readonly metadataLocation: string | undefined
}

/** One field of a partition spec. */
export interface ActualPartition {
  readonly column: string
  /** As Athena writes it: `day(at)`, `bucket(16, id)`, `id`. */
  readonly text: string
}
