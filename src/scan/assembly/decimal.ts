import { isDigit } from './text'
import { hasRoom, put, putByte } from './write'

/**
 * Writes a decimal number with exactly `scale` digits after the point, between quotes. If its digits do not fit, the parsing
 * path reports it.
 */
export function putScaled(o: usize, p: usize, end: usize, precision: i32, scale: i32): usize {
  const isNegative = load<u8>(p) === 0x2d
  if (isNegative) p++
  if (!isDigit(load<u8>(p))) return 0
  while (load<u8>(p) === 0x30 && isDigit(load<u8>(p + 1))) p++
  const point = digitsEnd(p)
  const isBelowOne = load<u8>(p) === 0x30
  if (!isBelowOne && <i32>(point - p) > precision - scale) return 0
  let last = point
  if (point < end && load<u8>(point) === 0x2e) {
    last = digitsEnd(point + 1)
    if (last === point + 1 || hasMore(point + 1 + scale, last)) return 0
  }
  if (last !== end || !hasRoom(o, <usize>precision + 4)) return 0
  o = putByte(o, 0x22)
  // Decimals have no negative zero.
  if (isNegative && !(isBelowOne && !hasMore(point + 1, last))) o = putByte(o, 0x2d)
  o = put(o, p, point - p)
  if (o === 0) return 0
  if (scale > 0) {
    o = putByte(o, 0x2e)
    for (let at = point + 1; at <= point + scale; at++) o = putByte(o, at < last ? load<u8>(at) : 0x30)
  }
  return putByte(o, 0x22)
}

function digitsEnd(p: usize): usize {
  while (isDigit(load<u8>(p))) p++
  return p
}

/** Checks for a digit other than zero. */
function hasMore(p: usize, end: usize): bool {
  for (; p < end; p++) if (load<u8>(p) !== 0x30) return true
  return false
}
