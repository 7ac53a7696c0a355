import { Buffer } from 'node:buffer'
import type { LeafValue } from './types.ts'

/** How many characters of a string or bytes of binary a bound keeps, as in Iceberg's default `truncate(16)`. */
const BOUND_LENGTH = 16
const LAST_CODE_POINT = 0x10ffff
const SURROGATES = { before: 0xd7ff, after: 0xe000 }

/** The least and the greatest value of a column in one file, as bytes in a manifest. */
export interface Bounds {
  readonly lower: Buffer
  /** Undefined if no short string is greater than all values of the column. */
  readonly upper: Buffer | undefined
}

/*
 * Single values as bytes, little-endian. https://iceberg.apache.org/spec/#appendix-d-single-value-serialization
 */

/** One byte, 0 or 1. */
export function booleanBytes(value: LeafValue): Buffer {
  return Buffer.of(value === true ? 1 : 0)
}

/** Four bytes: int and date. */
export function intBytes(value: LeafValue): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(Number(value))
  return bytes
}

/** Eight bytes: long, time, timestamp and timestamptz. */
export function longBytes(value: LeafValue): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(BigInt(value as bigint))
  return bytes
}

/** Four bytes of IEEE 754. */
export function floatBytes(value: LeafValue): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(Number(value))
  return bytes
}

/** Eight bytes of IEEE 754. */
export function doubleBytes(value: LeafValue): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(Number(value))
  return bytes
}

/** UTF-8 without a length. */
export function textBytes(value: LeafValue): Buffer {
  return Buffer.from(String(value), 'utf8')
}

/** Sixteen bytes, big-endian. */
export function uuidBytes(value: LeafValue): Buffer {
  return Buffer.from(String(value).replaceAll('-', ''), 'hex')
}

/** The bytes themselves: binary and fixed. */
export function rawBytes(value: LeafValue): Buffer {
  return Buffer.from(value as Uint8Array)
}

/** Two's complement, big-endian, in the fewest bytes: the number of a decimal without its point. */
export function unscaledBytes(value: LeafValue): Buffer {
  const number = BigInt(value as bigint)
  let length = 1
  while (BigInt.asIntN(length * 8, number) !== number) length++
  const digits = BigInt.asUintN(length * 8, number).toString(16)
  return Buffer.from(digits.padStart(length * 2, '0'), 'hex')
}

/** Finds the bounds of a column; undefined if all values are null. */
export function boundsOf(
  values: readonly (LeafValue | null)[],
  toBytes: (value: LeafValue) => Buffer,
  isFixed = false,
): Bounds | undefined {
  let least: LeafValue | null = null
  let greatest: LeafValue | null = null
  for (const value of values) {
    if (value === null) continue
    if (least === null || compareValues(value, least) < 0) least = value
    if (greatest === null || compareValues(value, greatest) > 0) greatest = value
  }
  if (least === null || greatest === null) return undefined
  // A value of a fixed length must not be cut.
  if (isFixed) return { lower: toBytes(least), upper: toBytes(greatest) }
  const upper = roundUp(greatest)
  return { lower: toBytes(roundDown(least)), upper: upper === undefined ? undefined : toBytes(upper) }
}

/** Orders two values of one column as Iceberg does: strings by code point, which is not JavaScript's order. */
export function compareValues(a: LeafValue, b: LeafValue): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}

/** UTF-16 sorts surrogate pairs (U+10000 and up) before U+E000 to U+FFFF; UTF-8 bytes sort them after. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

function rank(unit: number): number {
  if (unit <= SURROGATES.before) return unit
  return unit < SURROGATES.after ? unit + 0x2000 : unit - 0x800
}

/** Negative zero is below zero in Iceberg's order, and equal to it in JavaScript's: a bound must cover both. */
function roundDown(value: LeafValue): LeafValue {
  if (typeof value === 'string') return leading(value).join('')
  if (value instanceof Uint8Array) return value.subarray(0, BOUND_LENGTH)
  return value === 0 ? -0 : value
}

function roundUp(value: LeafValue): LeafValue | undefined {
  if (value instanceof Uint8Array) return value.length <= BOUND_LENGTH ? value : nextBytes(value)
  if (typeof value !== 'string') return value === 0 ? 0 : value
  const characters = leading(value)
  const kept = characters.join('')
  return kept.length === value.length ? value : successor(characters)
}

/** The smallest bytes, no longer than a bound, that are greater than all bytes with this beginning. */
function nextBytes(value: Uint8Array): Uint8Array | undefined {
  const kept = Buffer.from(value.subarray(0, BOUND_LENGTH))
  const place = kept.findLastIndex((byte) => byte < 0xff)
  if (place === -1) return undefined
  kept.writeUInt8(kept.readUInt8(place) + 1, place)
  return kept.subarray(0, place + 1)
}

/** The smallest string, no longer than the given one, that is greater than every string with this beginning. */
function successor(characters: readonly string[]): string | undefined {
  for (let end = characters.length - 1; end >= 0; end--) {
    const code = characters[end]?.codePointAt(0) ?? LAST_CODE_POINT
    if (code === LAST_CODE_POINT) continue
    const next = code === SURROGATES.before ? SURROGATES.after : code + 1
    return characters.slice(0, end).join('') + String.fromCodePoint(next)
  }
  return undefined
}

function leading(text: string): string[] {
  // Twice as many code units have at least as many characters, and a string may be long.
  return Array.from(text.slice(0, BOUND_LENGTH * 2)).slice(0, BOUND_LENGTH)
}
