import { Buffer } from 'node:buffer'
import type { LeafType } from '../../table/column.ts'
import { uuidBytes } from './bounds.ts'
import type { PartitionColumn } from './partitions.ts'
import { decimalBytes } from './storage.ts'
import type { LeafValue } from './types.ts'

/** How a partition's value is written in a manifest. */
interface AvroType {
  readonly schema: unknown
  readonly toAvro: (value: LeafValue) => unknown
}

/** The Avro record of a table's partitions, with the ids of its fields. https://iceberg.apache.org/spec/#avro */
export function partitionSchema(columns: readonly PartitionColumn[]): object {
  const fields = columns.map(({ id, name, type }) => {
    return { name, type: ['null', avroType(type).schema], default: null, 'field-id': id }
  })
  return { type: 'record', name: 'r102', fields }
}

/** A partition's values as that record. */
export function partitionRecord(columns: readonly PartitionColumn[], values: readonly (LeafValue | null)[]): object {
  const entries = columns.map(({ name, type }, index) => {
    const value = values[index] ?? null
    return [name, value === null ? null : avroType(type).toAvro(value)]
  })
  return Object.fromEntries(entries)
}

const asIs = (value: LeafValue): unknown => value
const asBuffer = (value: LeafValue): unknown => Buffer.from(value as Uint8Array)

function avroType(type: LeafType): AvroType {
  switch (type.name) {
    case 'boolean':
    case 'int':
    case 'long':
    case 'float':
    case 'double':
    case 'string':
      return { schema: type.name, toAvro: asIs }
    case 'json':
      return { schema: 'string', toAvro: asIs }
    case 'date':
      return { schema: { type: 'int', logicalType: 'date' }, toAvro: asIs }
    case 'time':
      return { schema: { type: 'long', logicalType: 'time-micros' }, toAvro: asIs }
    case 'timestamp':
    case 'timestamptz': {
      const zoned = type.name === 'timestamptz'
      return { schema: { type: 'long', logicalType: 'timestamp-micros', 'adjust-to-utc': zoned }, toAvro: asIs }
    }
    case 'binary':
      return { schema: 'bytes', toAvro: asBuffer }
    case 'fixed':
      return { schema: { type: 'fixed', name: `fixed_${type.length}`, size: type.length }, toAvro: asBuffer }
    case 'uuid':
      return { schema: { type: 'fixed', name: 'uuid_fixed', size: 16, logicalType: 'uuid' }, toAvro: uuidBytes }
    case 'decimal':
      return decimalAvro(type.precision, type.scale)
  }
}

function decimalAvro(precision: number, scale: number): AvroType {
  const size = decimalBytes(precision)
  const name = `decimal_${precision}_${scale}`
  return {
    schema: { type: 'fixed', name, size, logicalType: 'decimal', precision, scale },
    toAvro: (value) => {
      const digits = BigInt.asUintN(size * 8, BigInt(value as bigint)).toString(16)
      return Buffer.from(digits.padStart(size * 2, '0'), 'hex')
    },
  }
}
