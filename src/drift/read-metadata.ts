import { transformText } from '../artefacts/partition-text.ts'
import { IcebergRouterError } from '../error.ts'
import type { ActualField, ActualPartition, ActualTable, ActualType } from './actual.ts'
import { type JsonRecord, toList, toRecord, toText } from './json-record.ts'

/**
 * Reads the metadata file of an Iceberg table, of any format version.
 * https://iceberg.apache.org/spec/#table-metadata-fields
 *
 * @throws IcebergRouterError `InvalidOptions` if the JSON is something else
 */
export function readIcebergMetadata(json: unknown, name: string, database: string | undefined): ActualTable {
  const metadata = toRecord(json)
  const schema = currentSchema(metadata)
  const formatVersion = metadata['format-version']
  if (schema === undefined || typeof formatVersion !== 'number') {
    throw new IcebergRouterError(
      'InvalidOptions',
      `the metadata of table ${name}: expected an Iceberg metadata file with format-version and a schema, got something else`,
    )
  }
  const names = fieldNames(schema)
  return {
    source: 'metadata',
    database,
    name,
    notIceberg: undefined,
    formatVersion,
    columns: toList(schema['fields']).map(toField),
    dropped: [],
    keys: toList(schema['identifier-field-ids']).map((id) => names.get(id) ?? String(id)),
    partition: partitionOf(metadata, names),
    metadataLocation: undefined,
  }
}

/** Version 1 may have its schema and its partition spec under other keys. */
function currentSchema(metadata: JsonRecord): JsonRecord | undefined {
  const schemas = toList(metadata['schemas']).map(toRecord)
  const current = schemas.find((schema) => schema['schema-id'] === metadata['current-schema-id'])
  const schema = current ?? metadata['schema']
  return schema === undefined ? undefined : toRecord(schema)
}

function partitionOf(metadata: JsonRecord, names: ReadonlyMap<unknown, string>): ActualPartition[] {
  const specs = toList(metadata['partition-specs']).map(toRecord)
  const current = specs.find((spec) => spec['spec-id'] === metadata['default-spec-id'])
  return toList(current?.['fields'] ?? metadata['partition-spec'])
    .map(toRecord)
    .filter(({ transform }) => transform !== 'void')
    .map((field) => {
      const column = names.get(field['source-id']) ?? String(field['source-id'])
      return { column, text: transformText(toText(field['transform']) ?? 'unknown', column) }
    })
}

function toField(value: unknown): ActualField {
  const field = toRecord(value)
  return { name: toText(field['name']) ?? '', type: toType(field['type']), required: field['required'] === true }
}

function toType(value: unknown): ActualType {
  const type = toRecord(value)
  switch (type['type']) {
    case 'struct':
      return { kind: 'struct', fields: toList(type['fields']).map(toField) }
    case 'list':
      return { kind: 'list', element: toType(type['element']), elementRequired: type['element-required'] === true }
    case 'map':
      return {
        kind: 'map',
        key: toType(type['key']),
        value: toType(type['value']),
        valueRequired: type['value-required'] === true,
      }
    default:
      return { kind: 'primitive', name: toText(value) ?? 'unknown' }
  }
}

/** Maps field ids to names, nested fields included: partitions and keys may refer to them. */
function fieldNames(schema: JsonRecord): Map<unknown, string> {
  const names = new Map<unknown, string>()
  const walk = (value: unknown): void => {
    for (const field of toList(toRecord(value)['fields']).map(toRecord)) {
      names.set(field['id'], toText(field['name']) ?? '')
      walk(field['type'])
    }
  }
  walk(schema)
  return names
}
