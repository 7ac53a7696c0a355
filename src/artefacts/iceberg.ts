import type { ColumnType } from '../table/column.ts'
import { type Field, fieldsOf } from '../table/fields.ts'
import type { PartitionField } from '../table/partition.ts'
import type { Table } from '../table/table.ts'
import type {
  IcebergField,
  IcebergPartitionSpec,
  IcebergSchema,
  IcebergTransform,
  IcebergType,
} from './iceberg-type.ts'

/** Ids of partition fields begin here. https://iceberg.apache.org/spec/#partition-specs */
const FIRST_PARTITION_ID = 1000

/**
 * Writes a table's schema in Iceberg's JSON; its unique keys become the identifier fields.
 * https://iceberg.apache.org/spec/#appendix-c-json-serialization
 */
export function toIcebergSchema(table: Table): IcebergSchema {
  const fields = fieldsOf(table)
  const keys = fields.filter(({ name }) => table.uniqueKeys.includes(name)).map(({ id }) => id)
  return {
    type: 'struct',
    'schema-id': 0,
    ...(keys.length > 0 ? { 'identifier-field-ids': keys } : {}),
    fields: fields.map(toIcebergField),
  }
}

/** Writes how a table is partitioned, in Iceberg's JSON. https://iceberg.apache.org/spec/#partition-specs */
export function toIcebergPartitionSpec(table: Table): IcebergPartitionSpec {
  const ids = new Map(fieldsOf(table).map(({ name, id }) => [name, id]))
  const fields = table.partitionBy.map((field, index) => ({
    // defineTable has checked that the column exists.
    'source-id': ids.get(field.column) ?? 0,
    'field-id': FIRST_PARTITION_ID + index,
    name: field.name,
    transform: toIcebergTransform(field),
  }))
  return { 'spec-id': 0, fields }
}

/** Writes a field in the JSON of an Iceberg schema. */
export function toIcebergField(field: Field): IcebergField {
  const { nullable, doc } = field.column
  return {
    id: field.id,
    name: field.name,
    required: !nullable,
    type: toIcebergType(field),
    ...(doc === undefined ? {} : { doc }),
  }
}

function toIcebergType({ column: { type }, children }: Field): IcebergType {
  switch (type.name) {
    case 'struct':
      return { type: 'struct', fields: children.map(toIcebergField) }
    case 'list':
      return listOf(children)
    case 'map':
      return mapOf(children)
    default:
      return primitive(type)
  }
}

function listOf([element]: readonly Field[]): IcebergType {
  const { id, required, type } = inner(element)
  return { type: 'list', 'element-id': id, element: type, 'element-required': required }
}

function mapOf([keyField, valueField]: readonly Field[]): IcebergType {
  const [key, value] = [inner(keyField), inner(valueField)]
  return {
    type: 'map',
    'key-id': key.id,
    key: key.type,
    'value-id': value.id,
    value: value.type,
    'value-required': value.required,
  }
}

/** Returns a field inside a list or a map, which always exists: `fieldsOf` makes it. */
function inner(field: Field | undefined): IcebergField {
  if (field === undefined) throw new TypeError('a nested type without its fields')
  return toIcebergField(field)
}

function primitive(type: Exclude<ColumnType, { readonly name: 'list' | 'map' | 'struct' }>): IcebergType {
  switch (type.name) {
    case 'decimal':
      return `decimal(${type.precision}, ${type.scale})`
    case 'fixed':
      return `fixed[${type.length}]`
    // Iceberg v2 has no type for JSON, so it becomes a string.
    case 'json':
      return 'string'
    default:
      return type.name
  }
}

function toIcebergTransform(field: PartitionField): IcebergTransform {
  switch (field.transform) {
    case 'bucket':
      return `bucket[${field.buckets}]`
    case 'truncate':
      return `truncate[${field.width}]`
    default:
      return field.transform
  }
}
