// Scans the bytes of a record for digits that may be a whole number too long to be exact, and the bytes of a row for
// characters that JSON escapes. The host keeps 64 bytes free before the first byte and 128 after the last: scans read that
// far beyond, and may write spaces there.

/**
 * The bytes to compare with. They are loaded from memory, so that they stay in registers for a whole loop: V8 since version
 * 13 rebuilds a constant vector in each iteration, which takes as long as everything else.
 */
const SIGNS = memory.data<u8>([0xf0, 0x30, 0x02, 0x20, 0x5c])
const UPPER: usize = 0
const DIGIT: usize = 1
const QUOTE_BIT: usize = 2
const SPACE: usize = 3
const BACKSLASH: usize = 4

/** Checks whether 16 digits in a row may begin between two addresses. Also true for bytes after the end and for `:;<=>?`. */
export function hasDigits(start: usize, end: usize): bool {
  const upper = v128.load_splat<u8>(SIGNS, UPPER)
  const digit = v128.load_splat<u8>(SIGNS, DIGIT)
  for (let at = start; at < end; at += 64) {
    if (mayBeDigits(at, upper, digit) && (hasRun(at - 8, upper, digit) || hasRun(at + 16, upper, digit))) return true
  }
  return false
}

/** The upper half of each byte: that of digits, and of `:;<=>?`, is 3. */
function threes(at: usize, upper: v128): v128 {
  return v128.and(v128.load(at), upper)
}

/** Sixteen digits in a row cover eight aligned bytes, so one comparison for every eight bytes is enough. */
function mayBeDigits(at: usize, upper: v128, digit: v128): bool {
  const first = v128.or(i64x2.eq(threes(at, upper), digit), i64x2.eq(threes(at + 16, upper), digit))
  const last = v128.or(i64x2.eq(threes(at + 32, upper), digit), i64x2.eq(threes(at + 48, upper), digit))
  return v128.any_true(v128.or(first, last))
}

/** Checks whether 64 bytes have 16 digits in a row: one bit per byte; each step keeps the bits of runs twice as long. */
function hasRun(at: usize, upper: v128, digit: v128): bool {
  const first = bits(at, upper, digit) | (bits(at + 16, upper, digit) << 16)
  let digits = first | (bits(at + 32, upper, digit) << 32) | (bits(at + 48, upper, digit) << 48)
  for (let length = 1; length < 16; length *= 2) digits &= digits >> length
  return digits !== 0
}

function bits(at: usize, upper: v128, digit: v128): u64 {
  return <u64>i8x16.bitmask(i8x16.eq(threes(at, upper), digit))
}

/** Counts the quotes, backslashes and control characters between two addresses. */
export function countMarks(start: usize, end: usize): u32 {
  const quoteBit = v128.load_splat<u8>(SIGNS, QUOTE_BIT)
  const space = v128.load_splat<u8>(SIGNS, SPACE)
  const backslash = v128.load_splat<u8>(SIGNS, BACKSLASH)
  // Overwrite the bytes after the end with spaces, which do not count.
  v128.store(end, space)
  let count: u32 = 0
  let at = start
  while (at < end) {
    // A byte counts up to 255.
    const stop = min(end, at + 255 * 16)
    let counts = i8x16.splat(0)
    for (; at < stop; at += 16) {
      const bytes = v128.load(at)
      // With this bit flipped, a quote comes right after the control characters, where the space was.
      const turned = v128.xor(bytes, quoteBit)
      const isBelow = i8x16.eq(i8x16.min_u(turned, space), turned)
      counts = i8x16.sub(counts, v128.or(isBelow, i8x16.eq(bytes, backslash)))
    }
    count += sum(counts)
  }
  return count
}

function sum(counts: v128): u32 {
  const ofEight = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(counts))
  return (
    i32x4.extract_lane(ofEight, 0) +
    i32x4.extract_lane(ofEight, 1) +
    i32x4.extract_lane(ofEight, 2) +
    i32x4.extract_lane(ofEight, 3)
  )
}
