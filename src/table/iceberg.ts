import type { Field } from './fields.ts'

/** A type in the JSON of an Iceberg schema. https://iceberg.apache.org/spec/#appendix-c-json-serialization */
export type IcebergType = string | IcebergList | IcebergMap | IcebergStruct

interface IcebergList {
  readonly type: 'list'
  readonly 'element-id': number
  readonly 'element-required': boolean
  readonly element: IcebergType
}

interface IcebergMap {
  readonly type: 'map'
  readonly 'key-id': number
  readonly key: IcebergType
  readonly 'value-id': number
  readonly 'value-required': boolean
  readonly value: IcebergType
}

interface IcebergStruct {
  readonly type: 'struct'
  readonly fields: readonly IcebergField[]
}

/** A field in the JSON of an Iceberg schema. */
export interface IcebergField {
  readonly id: number
  readonly name: string
  readonly required: boolean
  readonly type: IcebergType
  readonly doc?: string
}

/** Writes a field as the JSON of an Iceberg schema has it. */
export function toIcebergField(field: Field): IcebergField {
  const { id, name, column } = field
  const doc = column.doc === undefined ? {} : { doc: column.doc }
  return { id, name, required: !column.nullable, type: toIcebergType(field), ...doc }
}

/** Writes the type of a field as the JSON of an Iceberg schema has it. */
export function toIcebergType({ column, children }: Field): IcebergType {
  const { type } = column
  switch (type.name) {
    case 'decimal':
      return `decimal(${type.precision}, ${type.scale})`
    case 'fixed':
      return `fixed[${type.length}]`
    case 'json':
      return 'string'
    case 'list':
      return listOf(children)
    case 'map':
      return mapOf(children)
    case 'struct':
      return { type: 'struct', fields: children.map(toIcebergField) }
    default:
      return type.name
  }
}

function listOf([element]: readonly Field[]): IcebergType {
  if (element === undefined) throw new TypeError('a list has an element')
  const required = !element.column.nullable
  return { type: 'list', 'element-id': element.id, 'element-required': required, element: toIcebergType(element) }
}

function mapOf([key, value]: readonly Field[]): IcebergType {
  if (key === undefined || value === undefined) throw new TypeError('a map has a key and a value')
  return {
    type: 'map',
    'key-id': key.id,
    key: toIcebergType(key),
    'value-id': value.id,
    'value-required': !value.column.nullable,
    value: toIcebergType(value),
  }
}
