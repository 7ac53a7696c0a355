import { SLACK } from './memory'

// The row. Every function takes where to write and returns where the next one goes on, or 0 where there is no room, or
// the value is none that this engine writes.

/** Where the room for the row ends. */
let limit: usize = 0

/** Says where the room for a row ends. */
export function setLimit(end: usize): void {
  limit = end
}

/** Tells whether so many bytes more may be written. */
export function hasRoom(o: usize, length: usize): bool {
  return o + length + SLACK <= limit
}

/** Copies bytes, 16 at a time: some after the last are overwritten as well, which are nobody's yet. */
export function put(o: usize, from: usize, length: usize): usize {
  if (!hasRoom(o, length)) return 0
  v128.store(o, v128.load(from))
  // Most are as short as that, labels above all.
  return length <= 16 ? o + length : putRest(o, from, length)
}

function putRest(o: usize, from: usize, length: usize): usize {
  for (let i: usize = 16; i < length; i += 16) v128.store(o + i, v128.load(from + i))
  return o + length
}

/** Writes one byte, for which there is room. */
export function putByte(o: usize, c: u8): usize {
  store<u8>(o, c)
  return o + 1
}

/** Writes a whole number of at most 16 decimal digits. */
export function putInteger(o: usize, value: i64): usize {
  if (!hasRoom(o, 17)) return 0
  if (value < 0) {
    o = putByte(o, 0x2d)
    value = -value
  }
  const upper = value / 100_000_000
  const digits = i64x2.replace_lane(i64x2.splat(eightDigits(upper)), 1, eightDigits(value - upper * 100_000_000))
  // The last digit stands, even if it is zero.
  const zeros = ctz(i8x16.bitmask(i8x16.ne(digits, i8x16.splat(0))) | 0x8000)
  const places = i8x16.add(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>zeros))
  v128.store(o, v128.or(i8x16.swizzle(digits, places), i8x16.splat(0x30)))
  return o + 16 - zeros
}

/** The digits of a number of eight, a byte each: halves, then quarters, then digits are told apart all at once. */
function eightDigits(value: u64): u64 {
  const upper = <u32>value / 10_000
  const halves = <u64>upper | ((value - upper * 10_000) << 32)
  const hundreds = ((halves * 10_486) >> 20) & 0x0000_007f_0000_007f
  const quarters = hundreds | ((halves - hundreds * 100) << 16)
  const tens = ((quarters * 103) >> 10) & 0x000f_000f_000f_000f
  return tens | ((quarters - tens * 10) << 8)
}
