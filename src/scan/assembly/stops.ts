import { SIGNS } from './memory'

// Compares sixteen bytes of a string at once.

export const QUOTE: u8 = 0x22
export const BACKSLASH: u8 = 0x5c

/** Fills the vectors to compare with. */
export function laySigns(): void {
  v128.store(SIGNS, i8x16.splat(QUOTE))
  v128.store(SIGNS, i8x16.splat(BACKSLASH), 16)
  v128.store(SIGNS, i8x16.splat(0x20), 32)
}

/** Sixteen quotes. */
export function quotes(): v128 {
  return v128.load(SIGNS)
}

/** Sixteen backslashes. */
export function backslashes(): v128 {
  return v128.load(SIGNS, 16)
}

/** Sixteen spaces. */
function spaces(): v128 {
  return v128.load(SIGNS, 32)
}

/** A bit for each byte that ends a string or needs a check: quotes, backslashes, control characters. */
export function stopsIn(bytes: v128): i32 {
  return i8x16.bitmask(v128.or(marksIn(bytes), i8x16.lt_u(bytes, spaces())))
}

/** The same, and high bytes: as signed numbers, they are below 32 as well. */
export function stopsOrHighIn(bytes: v128): i32 {
  return i8x16.bitmask(v128.or(marksIn(bytes), i8x16.lt_s(bytes, spaces())))
}

function marksIn(bytes: v128): v128 {
  return v128.or(i8x16.eq(bytes, quotes()), i8x16.eq(bytes, backslashes()))
}
