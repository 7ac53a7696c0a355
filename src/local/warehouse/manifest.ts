import { type AvroFile, writeAvro } from './avro.ts'
import { manifestEntrySchema } from './manifest-schema.ts'
import type { ColumnMetrics } from './metrics.ts'
import type { ParquetFile } from './parquet.ts'
import { partitionRecord } from './partition-avro.ts'
import type { Partition } from './partitions.ts'
import type { TableShape } from './shape.ts'

/** Rows, or keys of deleted rows. */
export type FileContent = 'data' | 'deletes'

/** A file that a manifest is to name. */
export interface AddedFile {
  /** The URI of the file. */
  readonly uri: string
  readonly file: ParquetFile
  readonly partition: Partition
}

/** What is true of every file of a manifest. */
export interface ManifestOwner {
  readonly content: FileContent
  readonly snapshotId: number
}

const ADDED = 1
const DATA = 0
const EQUALITY_DELETES = 2
/** Iceberg's id for files in no order, which data files and equality deletes should have. https://iceberg.apache.org/spec/#sorting */
const UNSORTED = 0

/**
 * Writes a manifest of added files. Their sequence numbers are left to be inherited from the manifest list, so that a
 * commit that lost a race need not write it again. https://iceberg.apache.org/spec/#manifests
 */
export function writeManifest(
  files: readonly AddedFile[],
  shape: TableShape,
  { content, snapshotId }: ManifestOwner,
): Promise<Uint8Array> {
  const records = files.map((file) => ({
    status: ADDED,
    snapshot_id: snapshotId,
    sequence_number: null,
    file_sequence_number: null,
    data_file: dataFile(file, shape, content),
  }))
  return writeEntries(records, shape, content)
}

/** Writes entries as a manifest, with the ids of schema and partition spec that the table's metadata has. */
export function writeEntries(
  records: readonly unknown[],
  shape: TableShape,
  content: FileContent,
): Promise<Uint8Array> {
  const { schema, spec, partitions } = shape
  const metadata = {
    schema: JSON.stringify(schema),
    'schema-id': String(schema['schema-id']),
    'partition-spec': JSON.stringify(spec.fields),
    'partition-spec-id': String(spec['spec-id']),
    'format-version': '2',
    content,
  }
  const file: AvroFile = { schema: manifestEntrySchema(partitions), metadata, records }
  return writeAvro(file)
}

function dataFile({ uri, file, partition }: AddedFile, shape: TableShape, content: FileContent): object {
  const { columns } = file
  return {
    content: content === 'data' ? DATA : EQUALITY_DELETES,
    file_path: uri,
    file_format: 'PARQUET',
    partition: partitionRecord(shape.partitions, partition.values),
    record_count: file.rows,
    file_size_in_bytes: file.bytes.length,
    column_sizes: perColumn(columns, ({ sizeBytes }) => sizeBytes),
    value_counts: perColumn(columns, ({ counts }) => counts?.values),
    null_value_counts: perColumn(columns, ({ counts }) => counts?.nulls),
    nan_value_counts: perColumn(columns, ({ counts }) => counts?.nans),
    lower_bounds: perColumn(columns, ({ counts }) => counts?.bounds?.lower),
    upper_bounds: perColumn(columns, ({ counts }) => counts?.bounds?.upper),
    key_metadata: null,
    split_offsets: null,
    equality_ids: content === 'data' ? null : shape.keyIds,
    sort_order_id: UNSORTED,
  }
}

/** The columns that have a figure, as Avro has a map with numbers for keys. */
function perColumn<Value>(
  columns: readonly ColumnMetrics[],
  figure: (column: ColumnMetrics) => Value | undefined,
): object[] {
  return columns.flatMap((column) => {
    const value = figure(column)
    return value === undefined ? [] : [{ key: column.id, value }]
  })
}
