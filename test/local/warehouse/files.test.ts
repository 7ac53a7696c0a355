import { Buffer } from 'node:buffer'
import { type AsyncBuffer, parquetMetadataAsync } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { toIcebergField } from '../../../src/artefacts/iceberg.ts'
import { readAvro, writeAvro } from '../../../src/local/warehouse/avro.ts'
import { MANIFEST_FILE, manifestEntrySchema } from '../../../src/local/warehouse/manifest-schema.ts'
import { writeParquet } from '../../../src/local/warehouse/parquet.ts'
import { layOut } from '../../../src/local/warehouse/table-layout.ts'
import { createWarehouse } from '../../../src/local/warehouse/warehouse.ts'
import { nullable } from '../../../src/table/column.ts'
import { defineTable } from '../../../src/table/table.ts'
import { double } from '../../../src/table/types/double.ts'
import { string } from '../../../src/table/types/string.ts'
import { readEntries } from '../../support/icebird.ts'
import { createMemoryDisk } from './support/memory-disk.ts'
import { change, everyType, people } from './support/tables.ts'

describe('a Parquet file', () => {
  test('has the Parquet type, repetition and field id of every column', async () => {
    const { columns } = layOut('/w', 'db', everyType)
    const { bytes } = await writeParquet(columns, [])
    const { schema, key_value_metadata } = await parquetMetadataAsync(asyncBuffer(bytes))
    const [, ...elements] = schema
    const print = ({ name, field_id, type, repetition_type, logical_type }: (typeof schema)[number]): string => {
      const zone =
        logical_type !== undefined && 'isAdjustedToUTC' in logical_type ? ` utc=${logical_type.isAdjustedToUTC}` : ''
      return `${field_id} ${name} ${repetition_type} ${type} ${logical_type?.type ?? '-'}${zone}`
    }
    expect(elements.map(print)).toMatchInlineSnapshot(`
      [
        "1 id REQUIRED INT64 -",
        "2 flag REQUIRED BOOLEAN -",
        "3 small REQUIRED INT32 -",
        "4 ratio REQUIRED DOUBLE -",
        "5 day REQUIRED INT32 DATE",
        "6 seen REQUIRED INT64 TIMESTAMP utc=false",
        "7 sent REQUIRED INT64 TIMESTAMP utc=true",
        "8 label REQUIRED BYTE_ARRAY STRING",
        "9 body REQUIRED BYTE_ARRAY STRING",
        "10 maybe_flag OPTIONAL BOOLEAN -",
        "11 maybe_small OPTIONAL INT32 -",
        "12 maybe_big OPTIONAL INT64 -",
        "13 maybe_ratio OPTIONAL DOUBLE -",
        "14 maybe_day OPTIONAL INT32 DATE",
        "15 maybe_seen OPTIONAL INT64 TIMESTAMP utc=false",
        "16 maybe_sent OPTIONAL INT64 TIMESTAMP utc=true",
        "17 maybe_label OPTIONAL BYTE_ARRAY STRING",
        "18 maybe_body OPTIONAL BYTE_ARRAY STRING",
      ]
    `)
    expect(JSON.parse(key_value_metadata?.find(({ key }) => key === 'iceberg.schema')?.value ?? '')).toMatchObject({
      type: 'struct',
      fields: columns.map(toIcebergField),
    })
  })
})

describe('the manifest of a commit', () => {
  const table = defineTable({
    name: 'numbers',
    columns: { id: string(), ratio: nullable(double()) },
    uniqueKeys: ['id'],
  })

  test('counts and bounds what is in its files', async () => {
    const disk = createMemoryDisk()
    const open = await createWarehouse({ folder: '/w', disk }).openTable('db', table)
    await open.commit([change('insert', { id: 'b', ratio: -1.5 }), change('update', { id: 'a', ratio: null })])
    const entries = await readEntries(open.state().folder, disk)
    const [data, deletes] = entries.map(({ data_file }) => data_file)
    expect(data).toMatchObject({
      content: 0,
      file_format: 'PARQUET',
      record_count: 2n,
      file_size_in_bytes: BigInt(disk.files.get(data?.file_path.replace('file://', '') ?? '')?.length ?? 0),
      value_counts: [
        { key: 1, value: 2n },
        { key: 2, value: 2n },
      ],
      null_value_counts: [
        { key: 1, value: 0n },
        { key: 2, value: 1n },
      ],
      nan_value_counts: [{ key: 2, value: 0n }],
      lower_bounds: [
        { key: 1, value: new Uint8Array(Buffer.from('a')) },
        { key: 2, value: new Uint8Array(Buffer.from('000000000000f8bf', 'hex')) },
      ],
      upper_bounds: [
        { key: 1, value: new Uint8Array(Buffer.from('b')) },
        { key: 2, value: new Uint8Array(Buffer.from('000000000000f8bf', 'hex')) },
      ],
      equality_ids: undefined,
    })
    expect(deletes).toMatchObject({ content: 2, record_count: 1n, equality_ids: [1], sort_order_id: 0 })
  })

  test('inherits its sequence number', async () => {
    const disk = createMemoryDisk()
    const open = await createWarehouse({ folder: '/w', disk }).openTable('db', people)
    await open.commit([change('insert', { id: 'a', age: 1 })])
    await open.commit([change('update', { id: 'a', age: 2 })])
    const entries = await readEntries(open.state().folder, disk)
    const numbers = entries.map(({ sequence_number, data_file }) => [data_file.content, sequence_number])
    expect(numbers).toEqual([
      [0, 2n],
      [2, 2n],
      [0, 1n],
    ])
  })

  test.each([
    [[change('insert', { id: 'a', age: 1 })], { operation: 'append', 'added-data-files': '1', 'added-records': '1' }],
    [
      [change('delete', { id: 'a' })],
      { operation: 'delete', 'added-delete-files': '1', 'added-equality-deletes': '1' },
    ],
    [
      [change('update', { id: 'a', age: 1 })],
      { operation: 'overwrite', 'added-records': '1', 'added-equality-deletes': '1' },
    ],
  ])('is summed up (%#)', async (changes, summary) => {
    const disk = createMemoryDisk()
    const open = await createWarehouse({ folder: '/w', disk }).openTable('db', people)
    await open.commit([change('insert', { id: 'a', age: 0 })])
    await open.commit(changes)
    const metadata = JSON.parse(new TextDecoder().decode(disk.files.get('/w/db/people/metadata/v3.metadata.json')))
    expect(metadata.snapshots[1].summary).toMatchObject(summary)
    const { rows, files } = open.state()
    const {
      'total-records': records,
      'total-data-files': data,
      'total-delete-files': deletes,
    } = metadata.snapshots[1].summary
    expect([rows, files]).toEqual([Number(records), Number(data) + Number(deletes)])
  })
})

describe('an Avro file', () => {
  test('carries the field ids in its schema, and its metadata', async () => {
    const bytes = await writeAvro({ schema: manifestEntrySchema([]), metadata: { content: 'data' }, records: [] })
    const text = Buffer.from(bytes).toString('latin1')
    expect(text).toContain('"name":"file_path","type":"string","field-id":100')
    expect(text).toContain('"element-id":136')
    expect(text).toContain('content\x08data')
    expect((await readAvro(bytes)).records).toEqual([])
  })

  test('comes back as it was written, and is refused where it is cut off anywhere', async () => {
    const record = {
      manifest_path: 'file:///w/é.avro',
      manifest_length: 2 ** 40,
      partition_spec_id: 0,
      content: 1,
      sequence_number: 3,
      min_sequence_number: 3,
      added_snapshot_id: 2 ** 48,
      added_files_count: 1,
      existing_files_count: 0,
      deleted_files_count: 0,
      added_rows_count: 5,
      existing_rows_count: 0,
      deleted_rows_count: 0,
      partitions: null,
      key_metadata: null,
    }
    const bytes = await writeAvro({ schema: MANIFEST_FILE, metadata: {}, records: [record, record] })
    expect((await readAvro(bytes)).records.map((read) => ({ ...(read as object) }))).toEqual([record, record])
    for (let length = 0; length < bytes.length; length++) {
      // What ends exactly before the only block is a file without records.
      await readAvro(bytes.subarray(0, length)).then(
        ({ records }) => expect(records).toEqual([]),
        (error: unknown) => expect(error).toBeInstanceOf(Error),
      )
    }
  })
})

function asyncBuffer(bytes: Uint8Array): AsyncBuffer {
  return {
    byteLength: bytes.length,
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  }
}
