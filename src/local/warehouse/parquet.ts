import type { Field } from '../../table/fields.ts'
import { toParquetSchema } from './elements.ts'
import { type ColumnMetrics, metricsOf } from './metrics.ts'
import { loadParquetWriter } from './peers.ts'
import { toIcebergSchema } from './schema.ts'
import type { StoredRow } from './types.ts'

/** A Parquet file, still in memory, with what its manifest entry needs. */
export interface ParquetFile {
  readonly bytes: Uint8Array
  readonly rows: number
  readonly columns: readonly ColumnMetrics[]
}

/** Writes rows as a Parquet file whose columns carry their field ids. https://iceberg.apache.org/spec/#parquet */
export async function writeParquet(columns: readonly Field[], rows: readonly StoredRow[]): Promise<ParquetFile> {
  const { ByteWriter, ParquetWriter } = await loadParquetWriter()
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({
    writer: bytes,
    schema: toParquetSchema(columns),
    kvMetadata: [{ key: 'iceberg.schema', value: JSON.stringify(toIcebergSchema(columns, [])) }],
    createdBy: 'firehose-iceberg-router',
  })
  const columnData = columns.map(({ name }) => ({ name, data: rows.map((row) => row[name] ?? null) }))
  await writer.write({ columnData })
  // Read before the footer is written, because the writer may drop them then.
  const sizes = chunkSizes(writer.row_groups)
  await writer.finish()
  return { bytes: bytes.getBytes(), rows: rows.length, columns: metricsOf(columns, rows, sizes) }
}

type RowGroups = readonly {
  readonly columns: readonly { readonly meta_data?: { readonly total_compressed_size: bigint } }[]
}[]

/** The bytes of each column chunk, over all row groups, in the order of the schema. */
function chunkSizes(groups: RowGroups): number[] {
  const sizes: number[] = []
  for (const { columns } of groups) {
    for (const [index, chunk] of columns.entries()) {
      sizes[index] = (sizes[index] ?? 0) + Number(chunk.meta_data?.total_compressed_size ?? 0n)
    }
  }
  return sizes
}
