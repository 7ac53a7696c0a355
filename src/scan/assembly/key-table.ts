// Hash tables of strings, as `hash-table.ts` lays them out: a mask, the lengths of the strings, the entry to try first; then
// the entries.
export const FIRST: usize = 8
const ENTRIES: usize = 16
const ENTRY_BYTES: usize = 32

// An entry: address and length of a string, its value, the entry that came after it the last time; then its first 16 bytes,
// the closing quote included.
export const LENGTH: usize = 4
export const VALUE: usize = 8
export const NEXT: usize = 12
const HEAD: usize = 16

/** Checks whether a key of the document is the one of an entry. False for keys whose quote is not among 16 bytes. */
export function isNext(entry: usize, key: usize): bool {
  return <u32>ctz(differences(entry + HEAD, key)) > load<u32>(entry, LENGTH)
}

/** Checks whether two strings are the same. */
export function isSame(a: usize, b: usize, length: u32): bool {
  for (; length > 16; length -= 16) {
    if (<u32>ctz(differences(a, b)) < 16) return false
    a += 16
    b += 16
  }
  return <u32>ctz(differences(a, b)) >= length
}

/** A bit for each of 16 bytes that differ; the 17th bit is always set. */
function differences(a: usize, b: usize): i32 {
  return i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) ^ -1
}

/**
 * Finds a string in a table. `hash-table.ts` fills tables by the same hash.
 *
 * @returns its entry, or 0 if it is not in the table
 */
export function find(table: usize, text: usize, length: u32): usize {
  // Most keys that come here are not in the table, and most of those have another length.
  if (((load<u32>(table, 4) >> (length & 31)) & 1) === 0) return 0
  const mask = load<u32>(table)
  let at = sumOf(text, length) & mask
  while (true) {
    const entry = table + ENTRIES + <usize>at * ENTRY_BYTES
    const key = load<u32>(entry)
    if (key === 0) return 0
    if (load<u32>(entry, LENGTH) === length && isSame(key, text, length)) return entry
    at = (at + 1) & mask
  }
}

const FACTOR: u32 = 0x9e3779b1

/** Hashes all bytes: short strings have only their first, middle and last four. `hash-table.ts` has the same hash. */
function sumOf(text: usize, length: u32): u32 {
  if (length > 12) return longSumOf(text, length)
  // Ignore the bytes after a string of less than four.
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
