import avsc from 'avsc'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { t } from '../../../src/index.ts'
import { partitionRecord, partitionSchema } from '../../../src/local/warehouse/partition-avro.ts'
import { mergeSummaries, summarisePartitions } from '../../../src/local/warehouse/partition-summary.ts'
import type { Partition, PartitionColumn } from '../../../src/local/warehouse/partitions.ts'
import type { LeafValue } from '../../../src/local/warehouse/types.ts'
import type { LeafType } from '../../../src/table/column.ts'
import { runs } from '../../support/runs.ts'

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

/** The values that a partition of each type may have. */
const KINDS: readonly (readonly [LeafType, fc.Arbitrary<LeafValue>])[] = [
  [t.boolean().type as LeafType, fc.boolean()],
  [t.int().type as LeafType, int32],
  [t.date().type as LeafType, int32],
  [t.long().type as LeafType, int64],
  [t.time().type as LeafType, fc.maxSafeInteger()],
  [t.timestamp().type as LeafType, fc.maxSafeInteger()],
  [t.timestamptz().type as LeafType, fc.maxSafeInteger()],
  [t.float().type as LeafType, fc.float({ noNaN: true }).filter((value) => !Object.is(value, -0))],
  [t.double().type as LeafType, fc.double({ noNaN: true }).filter((value) => !Object.is(value, -0))],
  [t.decimal(20, 2).type as LeafType, fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n })],
  [t.string().type as LeafType, fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed())],
  [t.json().type as LeafType, fc.json()],
  [t.binary().type as LeafType, fc.uint8Array({ maxLength: 20 })],
  [t.fixed(3).type as LeafType, bytes(3)],
]

const columnOf = (type: LeafType): PartitionColumn => ({ id: 1000, name: 'p', type, compute: () => null })
const partitionOf = (value: LeafValue | null): Partition => ({ values: [value], key: '', folder: '' })

describe.each(KINDS)('a partition of $name', (type, value) => {
  const columns = [columnOf(type)]
  const partitions = fc.array(fc.option(value), { maxLength: 6 }).map((values) => values.map(partitionOf))

  it('has the same summary for several manifests as for one with all their files', () => {
    fc.assert(
      fc.property(fc.array(partitions, { minLength: 1, maxLength: 5 }), (manifests) => {
        const summaries = manifests.map((all) => summarisePartitions(columns, all))
        expect(mergeSummaries(columns, summaries)).toEqual(summarisePartitions(columns, manifests.flat()))
      }),
      { numRuns: runs(2000) },
    )
  })

  it('is written so that an Avro reader finds it again', () => {
    // A logical type changes no byte, but with one avsc ignores how longs are to be read.
    const plain = JSON.parse(JSON.stringify(partitionSchema(columns)), (_, part) =>
      part?.type === 'long' || part?.type === 'int' ? part.type : part,
    )
    const schema = avsc.Type.forSchema(plain, { wrapUnions: false, registry: { long: LONG } })
    fc.assert(
      fc.property(fc.option(value), (one) => {
        const record = partitionRecord(columns, [one])
        const read: unknown = schema.fromBuffer(schema.toBuffer(record))
        expect(JSON.stringify({ ...(read as object) }, printable)).toBe(JSON.stringify(record, printable))
      }),
      { numRuns: runs(1000) },
    )
  })
})

/** 64-bit numbers, which avsc alone does not read. */
const LONG = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8)
    buffer.writeBigInt64LE(BigInt(value))
    return buffer
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint' || typeof value === 'number',
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
})

function printable(_: string, value: unknown): unknown {
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : value
}

it('a summary of several manifests is missing if one of them has none', () => {
  const columns = [columnOf(t.int().type as LeafType)]
  const summary = summarisePartitions(columns, [partitionOf(1)])
  expect(mergeSummaries(columns, [summary, null])).toBeNull()
  expect(summarisePartitions([columnOf(t.uuid().type as LeafType)], [partitionOf('x')])).toBeNull()
})
