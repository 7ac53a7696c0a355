import { SLACK } from './memory'

// Writes the row. Every function takes the address to write to and returns the address after what it wrote, or 0 if there is
// no room or this engine cannot write the value.

/** The end of the room for the row. */
let limit: usize = 0

/** Sets the end of the room for a row. */
export function setLimit(end: usize): void {
  limit = end
}

/** Checks whether there is room for so many bytes. */
export function hasRoom(o: usize, length: usize): bool {
  return o + length + SLACK <= limit
}

/** Copies bytes, 16 at a time. This may overwrite unused bytes after the last one. */
export function put(o: usize, from: usize, length: usize): usize {
  if (!hasRoom(o, length)) return 0
  v128.store(o, v128.load(from))
  // Most are as short as that, key prefixes above all.
  return length <= 16 ? o + length : putRest(o, from, length)
}

function putRest(o: usize, from: usize, length: usize): usize {
  for (let i: usize = 16; i < length; i += 16) v128.store(o + i, v128.load(from + i))
  return o + length
}

/** Writes one byte; the caller has checked the room. */
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
  // The last digit is kept, even if it is zero.
  const zeros = ctz(i8x16.bitmask(i8x16.ne(digits, i8x16.splat(0))) | 0x8000)
  const places = i8x16.add(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>zeros))
  v128.store(o, v128.or(i8x16.swizzle(digits, places), i8x16.splat(0x30)))
  return o + 16 - zeros
}

/** Splits a number into eight digits, one byte each: first into halves, then quarters, then digits, in parallel. */
function eightDigits(value: u64): u64 {
  const upper = <u32>value / 10_000
  const halves = <u64>upper | ((value - upper * 10_000) << 32)
  const hundreds = ((halves * 10_486) >> 20) & 0x0000_007f_0000_007f
  const quarters = hundreds | ((halves - hundreds * 100) << 16)
  const tens = ((quarters * 103) >> 10) & 0x000f_000f_000f_000f
  return tens | ((quarters - tens * 10) << 8)
}
