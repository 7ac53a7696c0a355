import { isSame, KEYS, MAX_KEYS } from './memory'
import { putDecimal } from './number'
import { putInnerText } from './string'
import { afterSpace, forgetEscape, hasEscape, isDigit, scalarEnd, stringEnd } from './text'
import { hasRoom, put, putByte } from './write'

// A part of the document as the JSON text in a text column: without white space, numbers as JavaScript prints them, quotes
// escaped. It has been walked over before, so its grammar is known to be right.

/** Deeper than data goes. */
const MAX_LEVEL: i32 = 32

/** Where the document goes on after what was printed. */
let next: usize = 0
/** How many keys there are in the objects that are being printed. */
let keys: usize = 0

/** Prints a value between quotes. */
export function putJson(o: usize, p: usize): usize {
  if (!hasRoom(o, 2)) return 0
  keys = 0
  o = putValue(putByte(o, 0x22), p, 0)
  return o !== 0 && hasRoom(o, 1) ? putByte(o, 0x22) : 0
}

function putValue(o: usize, p: usize, level: i32): usize {
  const c = load<u8>(p)
  if (c === 0x22) return putString(o, p)
  if (c === 0x7b) return level < MAX_LEVEL ? putObject(o, p, level + 1) : 0
  if (c === 0x5b) return level < MAX_LEVEL ? putList(o, p, level + 1) : 0
  next = scalarEnd(p)
  return c === 0x2d || isDigit(c) ? putDecimal(o, p, next) : put(o, p, next - p)
}

function putString(o: usize, p: usize): usize {
  if (!hasRoom(o, 4)) return 0
  store<u16>(o, 0x225c)
  next = stringEnd(p + 1)
  o = putInnerText(o + 2, p + 1, next - 1)
  if (o === 0 || !hasRoom(o, 2)) return 0
  store<u16>(o, 0x225c)
  return o + 2
}

function putList(o: usize, p: usize, level: i32): usize {
  if (!hasRoom(o, 2)) return 0
  o = putByte(o, 0x5b)
  p = afterSpace(p + 1)
  while (load<u8>(p) !== 0x5d) {
    o = putValue(o, p, level)
    if (o === 0 || !hasRoom(o, 1)) return 0
    p = afterSpace(next)
    if (load<u8>(p) !== 0x2c) break
    o = putByte(o, 0x2c)
    p = afterSpace(p + 1)
  }
  next = p + 1
  return putByte(o, 0x5d)
}

function putObject(o: usize, p: usize, level: i32): usize {
  if (!hasRoom(o, 2)) return 0
  const outer = keys
  o = putByte(o, 0x7b)
  p = afterSpace(p + 1)
  while (load<u8>(p) !== 0x7d) {
    forgetEscape()
    const end = stringEnd(p + 1) - 1
    if (hasEscape !== 0 || !isNewKey(p + 1, end, outer)) return 0
    o = putString(o, p)
    if (o === 0 || !hasRoom(o, 1)) return 0
    o = putByte(o, 0x3a)
    // After the colon, which may stand apart.
    o = putValue(o, afterSpace(afterSpace(next) + 1), level)
    if (o === 0 || !hasRoom(o, 1)) return 0
    p = afterSpace(next)
    if (load<u8>(p) !== 0x2c) break
    o = putByte(o, 0x2c)
    p = afterSpace(p + 1)
  }
  keys = outer
  next = p + 1
  return putByte(o, 0x7d)
}

/** An object has repeated keys once and those that are numbers first: such an object is left to the parsing path. */
function isNewKey(start: usize, end: usize, outer: usize): bool {
  const length = <u32>(end - start)
  if (isDigit(load<u8>(start)) || keys === MAX_KEYS) return false
  for (let key = outer; key < keys; key++) {
    const at = KEYS + key * 8
    if (load<u32>(at, 4) === length && isSame(load<u32>(at), start, length)) return false
  }
  store<u32>(KEYS + keys * 8, <u32>start)
  store<u32>(KEYS + keys * 8, length, 4)
  keys++
  return true
}
