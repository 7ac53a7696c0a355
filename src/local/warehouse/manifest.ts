import { type AvroFile, writeAvro } from './avro.ts'
import { MANIFEST_ENTRY } from './manifest-schema.ts'
import type { ColumnMetrics } from './metrics.ts'
import type { ParquetFile } from './parquet.ts'
import type { IcebergSchema } from './schema.ts'

/** Rows that are there, or keys of rows that are there no longer. */
export type FileContent = 'data' | 'deletes'

/** A file that a manifest is to name. */
export interface AddedFile {
  readonly content: FileContent
  /** The URI of the file. */
  readonly uri: string
  readonly file: ParquetFile
  /** The columns that an equality delete compares; empty for data. */
  readonly equalityIds: readonly number[]
}

const ADDED = 1
const DATA = 0
const EQUALITY_DELETES = 2

/**
 * Writes a manifest with one added file. Its sequence numbers are left to be inherited from the manifest list, so that
 * a commit that lost a race need not write it again. https://iceberg.apache.org/spec/#manifests
 */
export function writeManifest(added: AddedFile, schema: IcebergSchema, snapshotId: number): Promise<Uint8Array> {
  const metadata = {
    schema: JSON.stringify(schema),
    'schema-id': String(schema['schema-id']),
    'partition-spec': '[]',
    'partition-spec-id': '0',
    'format-version': '2',
    content: added.content,
  }
  const entry = {
    status: ADDED,
    snapshot_id: snapshotId,
    sequence_number: null,
    file_sequence_number: null,
    data_file: dataFile(added),
  }
  const file: AvroFile = { schema: MANIFEST_ENTRY, metadata, records: [entry] }
  return writeAvro(file)
}

function dataFile({ content, uri, file, equalityIds }: AddedFile): object {
  const { columns } = file
  return {
    content: content === 'data' ? DATA : EQUALITY_DELETES,
    file_path: uri,
    file_format: 'PARQUET',
    partition: {},
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
    equality_ids: content === 'data' ? null : equalityIds,
    sort_order_id: content === 'data' ? 0 : null,
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
