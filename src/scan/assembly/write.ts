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
  for (let i: usize = 0; i < length; i += 16) v128.store(o + i, v128.load(from + i))
  return o + length
}

/** Writes one byte, for which there is room. */
export function putByte(o: usize, c: u8): usize {
  store<u8>(o, c)
  return o + 1
}

/** Writes a whole number in decimal digits. */
export function putInteger(o: usize, value: i64): usize {
  if (!hasRoom(o, 20)) return 0
  if (value < 0) {
    o = putByte(o, 0x2d)
    value = -value
  }
  let digits: usize = 1
  for (let rest = value; rest > 9; rest /= 10) digits++
  const end = o + digits
  for (let at = end; at > o; value /= 10) store<u8>(--at, 0x30 + <u8>(value % 10))
  return end
}
