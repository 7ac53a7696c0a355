import type { SchemaElement } from 'hyparquet-writer'
import { type Bounds, boundsOf } from './bounds.ts'
import { loadParquetWriter } from './peers.ts'
import { type IcebergSchema, type StoredColumn, toIcebergSchema } from './schema.ts'
import { storageOf } from './storage.ts'
import type { StoredRow, StoredValue } from './types.ts'

/** What a manifest says of one column of a file. https://iceberg.apache.org/spec/#data-file-fields */
export interface ColumnMetrics {
  readonly id: number
  readonly sizeBytes: number
  readonly values: number
  readonly nulls: number
  /** Only for floating-point columns; rows hold no NaN, because JSON has none. */
  readonly nans: number | undefined
  readonly bounds: Bounds | undefined
}

/** A Parquet file, still in memory, with what its manifest entry needs. */
export interface ParquetFile {
  readonly bytes: Uint8Array
  readonly rows: number
  readonly columns: readonly ColumnMetrics[]
}

/** Writes rows as a Parquet file whose columns carry their field ids. https://iceberg.apache.org/spec/#parquet */
export async function writeParquet(columns: readonly StoredColumn[], rows: readonly StoredRow[]): Promise<ParquetFile> {
  const { ByteWriter, ParquetWriter } = await loadParquetWriter()
  const data = columns.map(({ name }) => rows.map((row) => row[name] ?? null))
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({
    writer: bytes,
    schema: toParquetSchema(columns),
    kvMetadata: [{ key: 'iceberg.schema', value: JSON.stringify(schemaOf(columns)) }],
    createdBy: 'firehose-iceberg-router',
  })
  await writer.write({ columnData: columns.map(({ name }, index) => ({ name, data: data[index] ?? [] })) })
  // Taken before the footer is written, after which the writer may let go of them.
  const sizes = columns.map((_, index) => chunkBytes(writer.row_groups, index))
  await writer.finish()
  const metrics = columns.map((column, index) => metricsOf(column, data[index] ?? [], sizes[index] ?? 0))
  return { bytes: bytes.getBytes(), rows: rows.length, columns: metrics }
}

function toParquetSchema(columns: readonly StoredColumn[]): SchemaElement[] {
  const elements = columns.map(({ id, name, type, required }): SchemaElement => {
    return { name, field_id: id, repetition_type: required ? 'REQUIRED' : 'OPTIONAL', ...storageOf(type).parquet }
  })
  return [{ name: 'table', num_children: columns.length }, ...elements]
}

function schemaOf(columns: readonly StoredColumn[]): IcebergSchema {
  return toIcebergSchema(columns, [])
}

type RowGroups = readonly {
  readonly columns: readonly { readonly meta_data?: { readonly total_compressed_size: bigint } }[]
}[]

function chunkBytes(groups: RowGroups, column: number): number {
  const sizes = groups.map(({ columns }) => columns[column]?.meta_data?.total_compressed_size ?? 0n)
  return Number(sizes.reduce((sum, size) => sum + size, 0n))
}

function metricsOf({ id, type }: StoredColumn, values: readonly StoredValue[], sizeBytes: number): ColumnMetrics {
  const nulls = values.filter((value) => value === null).length
  const bounds = boundsOf(values, storageOf(type).toBytes)
  return { id, sizeBytes, values: values.length, nulls, nans: type === 'double' ? 0 : undefined, bounds }
}
