import { Buffer } from 'node:buffer'
import type { IcebergField, IcebergType } from '../artefacts/iceberg-type.ts'
import { printExactly } from '../table/exact-json.ts'

/** A value that JSON can hold; whole numbers may be bigints. */
export type PlainValue = unknown

const DAY_MILLIS = 86_400_000
const MICROS_A_MILLI = 1000n
const MICROS_A_DAY = 86_400_000_000n
/** The largest time of a `Date`. */
const MAX_DATE_MILLIS = 8_640_000_000_000_000n

/** Makes a stored value readable by its Iceberg type: times in ISO 8601, decimals with a point, bytes in hexadecimal. */
export function toPlain(value: unknown, type: IcebergType): PlainValue {
  if (value === null || value === undefined) return null
  if (typeof type === 'string') return toPlainLeaf(value, type)
  if (type.type === 'list') return Array.from(value as Iterable<unknown>, (item) => toPlain(item, type.element))
  if (type.type === 'map') {
    const entries = Object.entries(value as object)
    return Object.fromEntries(entries.map(([key, item]) => [key, toPlain(item, type.value)]))
  }
  return toPlainRow(value as { readonly [name: string]: unknown }, type.fields)
}

/** Makes all columns of a row, or all fields of a struct, readable. */
export function toPlainRow(row: { readonly [name: string]: unknown }, fields: readonly IcebergField[]): object {
  return Object.fromEntries(fields.map(({ name, type }) => [name, toPlain(row[name], type)]))
}

/** Prints a plain value for a cell. */
export function toText(value: PlainValue): string {
  return typeof value === 'string' ? value : (printExactly(value) ?? 'null')
}

function toPlainLeaf(value: unknown, type: string): PlainValue {
  if (value instanceof Uint8Array && !type.startsWith('decimal')) return hex(value, type)
  switch (type) {
    case 'date':
      return toDay(Number(value))
    case 'time':
      return printTimeOfDay(BigInt(value as bigint))
    case 'timestamp':
      return toTimestamp(BigInt(value as bigint), '')
    case 'timestamptz':
      return toTimestamp(BigInt(value as bigint), 'Z')
    case 'float':
    case 'double':
      // JSON has no NaN and no infinities.
      return Number.isFinite(value) ? value : String(value)
    default:
      return type.startsWith('decimal') ? toDecimal(value, Number(/,\s*(\d+)/.exec(type)?.[1] ?? 0)) : value
  }
}

function hex(bytes: Uint8Array, type: string): string {
  const digits = Buffer.from(bytes).toString('hex')
  return type === 'uuid' ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : digits
}

function toDay(days: number): string {
  const date = new Date(days * DAY_MILLIS)
  return Number.isNaN(date.getTime()) ? `${days} days since 1970` : (date.toISOString().split('T')[0] ?? '')
}

function toTimestamp(micros: bigint, suffix: string): string {
  const timeOfDay = ((micros % MICROS_A_DAY) + MICROS_A_DAY) % MICROS_A_DAY
  const midnightMillis = (micros - timeOfDay) / MICROS_A_MILLI
  if (midnightMillis > MAX_DATE_MILLIS || midnightMillis < -MAX_DATE_MILLIS) return `${micros} µs since 1970`
  return `${toDay(Number(midnightMillis) / DAY_MILLIS)}T${printTimeOfDay(timeOfDay)}${suffix}`
}

function printTimeOfDay(micros: bigint): string {
  const [seconds, fraction] = [Number(micros / 1_000_000n), String(micros % 1_000_000n).padStart(6, '0')]
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const digits = fraction.replace(/0+$/, '')
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}${digits === '' ? '' : `.${digits}`}`
}

/** Prints a decimal, which is stored as a number without its point, or as bytes if it is long. */
function toDecimal(value: unknown, scale: number): string {
  const unscaled = value instanceof Uint8Array ? fromBytes(value) : BigInt(value as bigint)
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  const split = digits.length - scale
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, split)}${scale === 0 ? '' : `.${digits.slice(split)}`}`
}

function fromBytes(bytes: Uint8Array): bigint {
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`))
}
