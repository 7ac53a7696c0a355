// Sixteen bytes of a text at once.

export const QUOTE: u8 = 0x22
export const BACKSLASH: u8 = 0x5c

/** The bytes at which a text ends or needs a look: quotes, backslashes, control characters. */
export function stopsIn(bytes: v128): i32 {
  return i8x16.bitmask(v128.or(marksIn(bytes), i8x16.lt_u(bytes, i8x16.splat(0x20))))
}

/** The same and high bytes: as signed numbers, they are below 32 as well. */
export function stopsOrHighIn(bytes: v128): i32 {
  return i8x16.bitmask(v128.or(marksIn(bytes), i8x16.lt_s(bytes, i8x16.splat(0x20))))
}

function marksIn(bytes: v128): v128 {
  return v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)))
}
