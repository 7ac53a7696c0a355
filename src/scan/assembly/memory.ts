// Where everything stands in memory. What is below the program has a fixed place; the host says where the rest is.

/** The closing brackets that a skipped value still needs, a byte a level. */
export const STACK: usize = 1024
/** A value that is nested more deeply is left to the parsing path. */
export const MAX_DEPTH: usize = 1024
/** The keys of the objects that are being printed: address and length of each. */
export const KEYS: usize = 2048
/** An object, or several inside each other, with more keys than that is left to the parsing path. */
export const MAX_KEYS: usize = 256

/** What the host reads of a record besides its row. */
export const RESULT: usize = 4096

/** Copies and looks take 16 bytes at a time, so that many after the last may be touched. */
export const SLACK: usize = 16

/** Sets a few words to zero; the instruction for it is meant for many. */
export function clear(at: usize, sizeBytes: usize): void {
  for (const end = at + sizeBytes; at < end; at += 4) store<u32>(at, 0)
}

/** Tells whether two texts are the same. */
export function isSame(a: usize, b: usize, length: u32): bool {
  while (length > 16) {
    if (i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) !== 0xffff) return false
    a += 16
    b += 16
    length -= 16
  }
  return <u32>ctz(i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) ^ -1) >= length
}

/**
 * Finds a text in a table: a mask, the lengths that texts in it have, then entries of address, length and what the text
 * stands for. `image.ts` fills tables by the same sum.
 *
 * @returns what it stands for, 0 where it is not in the table
 */
export function find(table: usize, text: usize, length: u32): u32 {
  // Most keys of an event are no wanted ones, and most of those have another length.
  if (((load<u32>(table, 4) >> (length & 31)) & 1) === 0) return 0
  const mask = load<u32>(table)
  let at = sumOf(text, length) & mask
  while (true) {
    const entry = table + 8 + <usize>at * 12
    const key = load<u32>(entry)
    if (key === 0) return 0
    if (load<u32>(entry, 4) === length && isSame(key, text, length)) return load<u32>(entry, 8)
    at = (at + 1) & mask
  }
}

const FACTOR: u32 = 0x9e3779b1

/** Of all bytes: of short texts the first, middle and last four are all there are. `image.ts` has the same sum. */
function sumOf(text: usize, length: u32): u32 {
  if (length > 12) return longSumOf(text, length)
  // What follows a text of less than four bytes is no part of it.
  if (length < 4) return length === 0 ? 0 : ((load<u32>(text) << (32 - length * 8)) * FACTOR) >>> 16
  const ends = load<u32>(text) * 31 + load<u32>(text + length - 4)
  return ((ends + load<u32>(text + (length >> 1) - 2) * 17 + length) * FACTOR) >>> 16
}

function longSumOf(text: usize, length: u32): u32 {
  const last = text + length - 4
  let sum = length + load<u32>(last)
  for (; text < last; text += 4) {
    sum = (sum ^ load<u32>(text)) * FACTOR
    sum ^= sum >>> 15
  }
  return sum
}
