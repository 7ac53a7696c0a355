/** A primitive type as Iceberg's JSON spells it. https://iceberg.apache.org/spec/#appendix-c-json-serialization */
export type IcebergPrimitive =
  | 'binary'
  | 'boolean'
  | 'date'
  | 'double'
  | 'float'
  | 'int'
  | 'long'
  | 'string'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'uuid'
  | `decimal(${number}, ${number})`
  | `fixed[${number}]`

/** A type of an Iceberg schema: a name, or an object for a nested type. */
export type IcebergType = IcebergPrimitive | IcebergList | IcebergMap | IcebergStruct

/** A list; its elements have a separate field id. */
export interface IcebergList {
  readonly type: 'list'
  readonly 'element-id': number
  readonly element: IcebergType
  readonly 'element-required': boolean
}

/** A map; its keys are always required. */
export interface IcebergMap {
  readonly type: 'map'
  readonly 'key-id': number
  readonly key: IcebergType
  readonly 'value-id': number
  readonly value: IcebergType
  readonly 'value-required': boolean
}

/** A struct; the schema of a table is one too. */
export interface IcebergStruct {
  readonly type: 'struct'
  readonly fields: readonly IcebergField[]
}

/** A field of a struct, or a column. */
export interface IcebergField {
  readonly id: number
  readonly name: string
  readonly required: boolean
  readonly type: IcebergType
  readonly doc?: string
}

/** An Iceberg schema in metadata JSON. https://iceberg.apache.org/spec/#schemas */
export interface IcebergSchema extends IcebergStruct {
  readonly 'schema-id': number
  readonly 'identifier-field-ids'?: readonly number[]
}

/** How a column's value becomes a partition. https://iceberg.apache.org/spec/#partition-transforms */
export type IcebergTransform =
  | 'identity'
  | 'year'
  | 'month'
  | 'day'
  | 'hour'
  | 'void'
  | `bucket[${number}]`
  | `truncate[${number}]`

/** One field of a partition spec. */
export interface IcebergPartitionField {
  readonly 'source-id': number
  readonly 'field-id': number
  readonly name: string
  readonly transform: IcebergTransform
}

/** How a table is partitioned; without fields, it is not. https://iceberg.apache.org/spec/#partition-specs */
export interface IcebergPartitionSpec {
  readonly 'spec-id': number
  readonly fields: readonly IcebergPartitionField[]
}
