// Looks through the bytes of a record for digits that may be a whole number too long to be exact, and through those of a row
// for what JSON writes in another way. The host keeps 64 bytes free before the first one and 128 after the last: looks go as
// far beyond, and may leave spaces there.

/** Tells whether 16 digits in a row begin between two addresses. It may say so of what stands after the end, or of `:;<=>?`. */
export function hasDigits(start: usize, end: usize): bool {
  for (let at = start; at < end; at += 64) if (mayBeDigits(at) && (hasRun(at - 8) || hasRun(at + 16))) return true
  return false
}

/** The half-byte that digits begin with, and `:;<=>?`. */
function threes(at: usize): v128 {
  return v128.and(v128.load(at), i8x16.splat(<i8>0xf0))
}

/** Sixteen digits in a row cover eight bytes from a multiple of eight on: one comparison for every eight bytes. */
function mayBeDigits(at: usize): bool {
  const eight = i8x16.splat(0x30)
  const first = v128.or(i64x2.eq(threes(at), eight), i64x2.eq(threes(at + 16), eight))
  const last = v128.or(i64x2.eq(threes(at + 32), eight), i64x2.eq(threes(at + 48), eight))
  return v128.any_true(v128.or(first, last))
}

/** Tells whether 16 digits in a row are among 64 bytes: a bit a byte, of which each step keeps those that twice as many follow. */
function hasRun(at: usize): bool {
  let digits = bits(at) | (bits(at + 16) << 16) | (bits(at + 32) << 32) | (bits(at + 48) << 48)
  for (let length = 1; length < 16; length *= 2) digits &= digits >> length
  return digits !== 0
}

function bits(at: usize): u64 {
  return <u64>i8x16.bitmask(i8x16.eq(threes(at), i8x16.splat(0x30)))
}

/** How many of the bytes between two addresses are a quote, a backslash or a control character. */
export function countMarks(start: usize, end: usize): u32 {
  // Spaces are none, so that what stands after the end need not be told apart.
  v128.store(end, i8x16.splat(0x20))
  let count: u32 = 0
  let at = start
  while (at < end) {
    // A byte counts to 255.
    const stop = min(end, at + 255 * 16)
    let counts = i8x16.splat(0)
    for (; at < stop; at += 16) counts = i8x16.sub(counts, marks(at))
    count += sum(counts)
  }
  return count
}

/** All bits of a byte that is such a mark. */
function marks(at: usize): v128 {
  const bytes = v128.load(at)
  const isControl = i8x16.eq(v128.and(bytes, i8x16.splat(<i8>0xe0)), i8x16.splat(0))
  return v128.or(isControl, v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))))
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
