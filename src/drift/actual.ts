/** A type of a table that exists, in the words of where it was read. */
export type ActualType = ActualPrimitive | ActualList | ActualMap | ActualStruct

/** A primitive type: `long` where Iceberg's metadata was read, `bigint` where Glue was. */
export interface ActualPrimitive {
  readonly kind: 'primitive'
  readonly name: string
}

/** A list. Glue does not tell whether its elements may be null. */
export interface ActualList {
  readonly kind: 'list'
  readonly element: ActualType
  readonly elementRequired: boolean | undefined
}

/** A map. Glue does not tell whether its values may be null. */
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
  /** Undefined where the source does not tell. */
  readonly required: boolean | undefined
}

/** A table that exists, as far as its source tells. */
export interface ActualTable {
  /** Whose words its types are in. */
  readonly source: 'glue' | 'metadata'
  readonly database: string | undefined
  readonly name: string
  /** What it is where it is no Iceberg table, in words. */
  readonly notIceberg: string | undefined
  readonly formatVersion: number | undefined
  readonly columns: readonly ActualField[]
  /** Columns that were dropped, which Glue goes on to list. */
  readonly dropped: readonly string[]
  /** The identifier fields by name; undefined where the source does not tell. */
  readonly keys: readonly string[] | undefined
  /** The partition fields, as `day(at)`; undefined where the source does not tell. */
  readonly partition: readonly ActualPartition[] | undefined
  /** The file that holds what the source does not tell. */
  readonly metadataLocation: string | undefined
}

/** One field of a partition spec. */
export interface ActualPartition {
  readonly column: string
  /** As Athena writes it: `day(at)`, `bucket(16, id)`, `id`. */
  readonly text: string
}
