import { putScaled } from './decimal'
import { integer, isExact, isPrinted, isSafe, isWhole, readInteger } from './number'
import { hexOf, longEnd, roughAt, setRough } from './odd'
import { hasHalf, putText } from './string'
import { afterSpace } from './text'
import { readClock, readDate, readTimestamp, time } from './time'
import { hasRoom, put, putByte, putInteger } from './write'

// One function for each kind of column: it writes a value as a cell, or returns 0 if the value does not fit or only the
// parsing path can decide.

/** Writes a string. */
export function putString(o: usize, start: usize, end: usize, escaped: bool): usize {
  if (load<u8>(start) !== 0x22 || !hasRoom(o, 1)) return 0
  if (!escaped) return put(o, start, end - start)
  o = putText(putByte(o, 0x22), start + 1, end - 1, true)
  return o !== 0 && hasRoom(o, 1) ? putByte(o, 0x22) : 0
}

/** Joins a list of strings; the separator is escaped already. */
export function putList(o: usize, start: usize, separator: usize, length: usize): usize {
  if (load<u8>(start) !== 0x5b || !hasRoom(o, 1)) return 0
  o = putByte(o, 0x22)
  let p = afterSpace(start + 1)
  while (true) {
    if (load<u8>(p) !== 0x22) return 0
    setRough(0)
    const after = longEnd(p + 1)
    o = putText(o, p + 1, after - 1, roughAt !== 0)
    // Two lone surrogates side by side would become one character.
    if (o === 0 || hasHalf) return 0
    p = afterSpace(after)
    if (load<u8>(p) !== 0x2c) return hasRoom(o, 1) ? putByte(o, 0x22) : 0
    o = put(o, separator, length)
    if (o === 0) return 0
    p = afterSpace(p + 1)
  }
}

export function putBoolean(o: usize, start: usize, end: usize): usize {
  const c = load<u8>(start)
  return c === 0x74 || c === 0x66 ? put(o, start, end - start) : 0
}

/** Writes a whole number of 32 bits. */
export function putInt(o: usize, start: usize, end: usize): usize {
  if (!readInteger(start, end) || integer > i32.MAX_VALUE || integer < i32.MIN_VALUE) return 0
  return put(o, start, end - start)
}

/** Writes a whole number of 64 bits; as a string if a JavaScript number would not be exact. */
export function putLong(o: usize, start: usize, end: usize): usize {
  if (!readInteger(start, end)) return 0
  if (isSafe()) return put(o, start, end - start)
  if (!hasRoom(o, 2)) return 0
  o = put(putByte(o, 0x22), start, end - start)
  return o !== 0 && hasRoom(o, 1) ? putByte(o, 0x22) : 0
}

/** Writes a number that JavaScript reads and prints with the same digits. */
export function putDouble(o: usize, start: usize, end: usize): usize {
  return isExact(start, end) ? put(o, start, end - start) : 0
}

/** Writes a number of 32 bits, but only a whole one that is surely exact. */
export function putFloat(o: usize, start: usize, end: usize): usize {
  if (!readInteger(start, end) || integer > 16_777_216 || integer < -16_777_216) return 0
  return put(o, start, end - start)
}

export function putDecimal(o: usize, start: usize, end: usize, precision: i32, scale: i32): usize {
  if (load<u8>(start) === 0x22) return putScaled(o, start + 1, end - 1, precision, scale)
  return isWhole(start, end) || isPrinted(start, end) ? putScaled(o, start, end, precision, scale) : 0
}

/** Writes a date and time in microseconds, from an ISO 8601 string or from a number that can only be microseconds: not if a unit is stated. */
export function putTimestamp(o: usize, start: usize, end: usize, needsZone: bool, hasUnit: bool): usize {
  if (load<u8>(start) === 0x22) {
    return readTimestamp(start + 1, end - 1, needsZone) ? putMicros(o, time) : 0
  }
  if (hasUnit || !readInteger(start, end) || !isSafe()) return 0
  return integer >= 100_000_000_000_000 || integer <= -100_000_000_000_000 ? put(o, start, end - start) : 0
}

/** Microseconds are exact in a JSON number from 1684 to 2255. */
export function putMicros(o: usize, micros: i64): usize {
  return micros <= 9007199254740991 && micros >= -9007199254740991 ? putInteger(o, micros) : 0
}

export function putDate(o: usize, start: usize, end: usize): usize {
  if (end - start !== 12 || load<u8>(start) !== 0x22 || !readDate(start + 1)) return 0
  return put(o, start, 12)
}

/** Writes a time of day in microseconds. */
export function putTime(o: usize, start: usize, end: usize): usize {
  if (load<u8>(start) === 0x22) {
    return end - start >= 7 && readClock(start + 1, end - 1) === end - 1 ? putInteger(o, time) : 0
  }
  if (!readInteger(start, end) || integer < 0 || integer >= 86_400_000_000) return 0
  return put(o, start, end - start)
}

/** Writes 32 hexadecimal digits with hyphens, in lower case. */
export function putUuid(o: usize, start: usize, end: usize): usize {
  if (end - start !== 38 || load<u8>(start) !== 0x22 || !hasRoom(o, 38)) return 0
  store<u8>(o, 0x22)
  for (let i: usize = 1; i < 37; i++) {
    const c = load<u8>(start + i)
    const isHyphen = i === 9 || i === 14 || i === 19 || i === 24
    if (isHyphen ? c !== 0x2d : hexOf(c) < 0) return 0
    store<u8>(o + i, c | 0x20)
  }
  store<u8>(o + 37, 0x22)
  return o + 38
}
