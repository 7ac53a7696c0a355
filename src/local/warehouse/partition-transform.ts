import type { Buffer } from 'node:buffer'
import type { LeafType } from '../../table/column.ts'
import type { PartitionField } from '../../table/partition.ts'
import { date } from '../../table/types/date.ts'
import { int } from '../../table/types/int.ts'
import { longBytes } from './bounds.ts'
import { murmur3 } from './murmur3.ts'
import { storageOf } from './storage.ts'
import type { LeafValue } from './types.ts'

/** Computes the value of a partition from a value of its column that is not null. */
export type Transform = (value: LeafValue) => LeafValue

const MICROS_AN_HOUR = 3_600_000_000n
const MILLIS_A_DAY = 86_400_000

/** Builds the transform of a partition field. https://iceberg.apache.org/spec/#partition-transforms */
export function transformOf(field: PartitionField, source: LeafType): Transform {
  switch (field.transform) {
    case 'identity':
      return (value) => value
    case 'bucket':
      return (value) => (murmur3(hashedBytes(value, source)) & 0x7fffffff) % field.buckets
    case 'truncate':
      return (value) => truncated(value, field.width, source)
    case 'year':
      return (value) => dateOf(value).getUTCFullYear() - 1970
    case 'month':
      return (value) => (dateOf(value).getUTCFullYear() - 1970) * 12 + dateOf(value).getUTCMonth()
    case 'day':
      return (value) => dateOf(value).getTime() / MILLIS_A_DAY
    case 'hour':
      return (value) => Number(floorDivide(BigInt(value as bigint), MICROS_AN_HOUR))
  }
}

/** The type of a transform's values; a day is a date, as in Iceberg's own manifests. */
export function resultType(field: PartitionField, source: LeafType): LeafType {
  if (field.transform === 'identity' || field.transform === 'truncate') return source
  return (field.transform === 'day' ? date() : int()).type as LeafType
}

/** The bytes that a bucket hashes; whole numbers all in the same eight. https://iceberg.apache.org/spec/#appendix-b-32-bit-hash-requirements */
function hashedBytes(value: LeafValue, source: LeafType): Buffer {
  return source.name === 'int' || source.name === 'date'
    ? longBytes(BigInt(value as number))
    : storageOf(source).toBytes(value)
}

function truncated(value: LeafValue, width: number, source: LeafType): LeafValue {
  if (typeof value === 'string')
    return Array.from(value.slice(0, width * 2))
      .slice(0, width)
      .join('')
  if (value instanceof Uint8Array) return value.subarray(0, width)
  const whole = BigInt(value)
  const cut = whole - modulo(whole, BigInt(width))
  // Below the smallest number it wraps to the greatest, as in Java.
  if (source.name === 'int') return Number(BigInt.asIntN(32, cut))
  return source.name === 'long' ? BigInt.asIntN(64, cut) : cut
}

/** The day of a date or a timestamp, at midnight in UTC: also before 1970, the day that has begun. */
function dateOf(value: LeafValue): Date {
  const days = typeof value === 'bigint' ? floorDivide(value, MICROS_AN_HOUR * 24n) : value
  return new Date(Number(days) * MILLIS_A_DAY)
}

function floorDivide(value: bigint, by: bigint): bigint {
  return (value - modulo(value, by)) / by
}

/** The rest of a division, which is never negative. */
function modulo(value: bigint, by: bigint): bigint {
  const rest = value % by
  return rest < 0n ? rest + by : rest
}
