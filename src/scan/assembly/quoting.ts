import { QUOTING } from './memory'
import { backslashes, quotes } from './stops'
import { hasRoom } from './write'

/** Fills the table of byte orders: bytes 0 to 7 are from the document, byte 8 is a backslash. */
export function layQuoting(): void {
  for (let quotes = 0; quotes < 256; quotes++) {
    let at = QUOTING + (quotes << 4)
    for (let byte: u8 = 0; byte < 8; byte++) {
      if ((quotes >> byte) & 1) store<u8>(at++, 8)
      store<u8>(at++, byte)
    }
  }
}

/** Copies JSON without escapes into a string: each quote gets a backslash before it. */
export function putQuoted(o: usize, p: usize, end: usize): usize {
  const added = backslashes()
  const quote = quotes()
  while (hasRoom(o, 32)) {
    const bytes = v128.load(p)
    const found = i8x16.bitmask(i8x16.eq(bytes, quote))
    const half = spread(o, v128.shuffle<u64>(bytes, added, 0, 2), found & 255)
    const next = spread(half, v128.shuffle<u64>(bytes, added, 1, 3), found >> 8)
    const left = end - p
    // Ignore the bytes after the end.
    if (left <= 16) return o + left + popcnt(found & ((1 << (<i32>left)) - 1))
    o = next
    p += 16
  }
  return 0
}

function spread(o: usize, bytes: v128, quotes: i32): usize {
  v128.store(o, i8x16.swizzle(bytes, v128.load(QUOTING + (quotes << 4))))
  return o + 8 + popcnt(quotes)
}
