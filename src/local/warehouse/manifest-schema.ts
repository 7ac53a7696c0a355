import type { Schema } from 'avsc'
import type { FieldNames } from './avro.ts'
import { partitionSchema } from './partition-avro.ts'
import type { PartitionColumn } from './partitions.ts'

type Field = { readonly name: string; readonly type: unknown; readonly 'field-id': number; readonly default?: null }

/*
 * The Avro schemas of manifests and manifest lists, with the field ids that readers use. Optional fields that an
 * unencrypted table never has are left out, which the specification allows.
 */

/** One file of a table. https://iceberg.apache.org/spec/#data-file-fields */
function dataFile(partition: object): Field['type'] {
  const fields = [
    required(134, 'content', 'int'),
    required(100, 'file_path', 'string'),
    required(101, 'file_format', 'string'),
    required(102, 'partition', partition),
    required(103, 'record_count', 'long'),
    required(104, 'file_size_in_bytes', 'long'),
    optional(108, 'column_sizes', intMap(117, 118, 'long')),
    optional(109, 'value_counts', intMap(119, 120, 'long')),
    optional(110, 'null_value_counts', intMap(121, 122, 'long')),
    optional(137, 'nan_value_counts', intMap(138, 139, 'long')),
    optional(125, 'lower_bounds', intMap(126, 127, 'bytes')),
    optional(128, 'upper_bounds', intMap(129, 130, 'bytes')),
    optional(131, 'key_metadata', 'bytes'),
    optional(132, 'split_offsets', { type: 'array', items: 'long', 'element-id': 133 }),
    optional(135, 'equality_ids', { type: 'array', items: 'int', 'element-id': 136 }),
    optional(140, 'sort_order_id', 'int'),
  ]
  return { type: 'record', name: 'r2', fields }
}

/** An entry of a manifest of a table with such partitions. https://iceberg.apache.org/spec/#manifest-entry-fields */
export function manifestEntrySchema(partitions: readonly PartitionColumn[]): Schema {
  return record('manifest_entry', [
    required(0, 'status', 'int'),
    optional(1, 'snapshot_id', 'long'),
    optional(3, 'sequence_number', 'long'),
    optional(4, 'file_sequence_number', 'long'),
    required(2, 'data_file', dataFile(partitionSchema(partitions))),
  ])
}

/** An entry of a manifest list. https://iceberg.apache.org/spec/#manifest-lists */
export const MANIFEST_FILE: Schema = record('manifest_file', listFields())

function listFields(): readonly Field[] {
  return [
    required(500, 'manifest_path', 'string'),
    required(501, 'manifest_length', 'long'),
    required(502, 'partition_spec_id', 'int'),
    required(517, 'content', 'int'),
    required(515, 'sequence_number', 'long'),
    required(516, 'min_sequence_number', 'long'),
    required(503, 'added_snapshot_id', 'long'),
    required(504, 'added_files_count', 'int'),
    required(505, 'existing_files_count', 'int'),
    required(506, 'deleted_files_count', 'int'),
    required(512, 'added_rows_count', 'long'),
    required(513, 'existing_rows_count', 'long'),
    required(514, 'deleted_rows_count', 'long'),
    optional(507, 'partitions', { type: 'array', items: fieldSummary(), 'element-id': 508 }),
    optional(519, 'key_metadata', 'bytes'),
  ]
}

/** The parts of a manifest's entry that are used here. */
export interface ManifestEntry {
  readonly status: number
  readonly snapshot_id: number | bigint | null
  readonly sequence_number: number | null
  readonly file_sequence_number: number | null
  readonly data_file: {
    readonly content: number
    readonly file_path: string
    readonly partition: object
    readonly record_count: number
    readonly equality_ids: readonly number[] | null
  }
}

/** The names of the fields of manifest entries, by which others' manifests are read. */
export const ENTRY_NAMES: FieldNames = {
  0: 'status',
  1: 'snapshot_id',
  2: 'data_file',
  3: 'sequence_number',
  4: 'file_sequence_number',
  100: 'file_path',
  102: 'partition',
  103: 'record_count',
  134: 'content',
  135: 'equality_ids',
}

/** The names of the fields of manifest lists: Java's counts are called `added_data_files_count` and so on in older versions. */
export const LIST_NAMES: FieldNames = Object.fromEntries(
  [...listFields(), ...summaryFields()].map((field) => [field['field-id'], field.name]),
)

function record(name: string, fields: readonly Field[]): Schema {
  return { type: 'record', name, fields } as unknown as Schema
}

function required(id: number, name: string, type: Field['type']): Field {
  return { name, type, 'field-id': id }
}

function optional(id: number, name: string, type: Field['type']): Field {
  return { name, type: ['null', type], default: null, 'field-id': id }
}

/** A map whose keys are field ids: Avro's own maps have only strings as keys. https://iceberg.apache.org/spec/#avro */
function intMap(keyId: number, valueId: number, value: string): Field['type'] {
  const fields = [required(keyId, 'key', 'int'), required(valueId, 'value', value)]
  return { type: 'array', logicalType: 'map', items: { type: 'record', name: `k${keyId}_v${valueId}`, fields } }
}

function fieldSummary(): Field['type'] {
  return { type: 'record', name: 'r508', fields: summaryFields() }
}

function summaryFields(): readonly Field[] {
  return [
    required(509, 'contains_null', 'boolean'),
    optional(518, 'contains_nan', 'boolean'),
    optional(510, 'lower_bound', 'bytes'),
    optional(511, 'upper_bound', 'bytes'),
  ]
}
