// Tables of texts, as `table.ts` lays them out: a mask, the lengths that texts in it have, which entry is tried first; then
// the entries.
export const FIRST: usize = 8
const ENTRIES: usize = 16
const ENTRY_BYTES: usize = 32

// An entry: address and length of a text, what it stands for, which entry came after it the last time; then its first 16
// bytes, the closing quote among them.
export const LENGTH: usize = 4
export const VALUE: usize = 8
export const NEXT: usize = 12
const HEAD: usize = 16

/** Tells whether a key of the document is the one of an entry. Not for keys so long that their quote is not among 16 bytes. */
export function isNext(entry: usize, key: usize): bool {
  return <u32>ctz(differences(entry + HEAD, key)) > load<u32>(entry, LENGTH)
}

/** Tells whether two texts are the same. */
export function isSame(a: usize, b: usize, length: u32): bool {
  for (; length > 16; length -= 16) {
    if (<u32>ctz(differences(a, b)) < 16) return false
    a += 16
    b += 16
  }
  return <u32>ctz(differences(a, b)) >= length
}

/** Which of 16 bytes are different; the 17th always is. */
function differences(a: usize, b: usize): i32 {
  return i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) ^ -1
}

/**
 * Finds a text in a table. `table.ts` fills tables by the same sum.
 *
 * @returns its entry, 0 where it is not in the table
 */
export function find(table: usize, text: usize, length: u32): usize {
  // Most keys that come here are no wanted ones, and most of those have another length.
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

/** Of all bytes: of short texts the first, middle and last four are all there are. `table.ts` has the same sum. */
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
