import { KEYS, MAX_KEYS } from './memory'
import { isKept } from './number'
import { longEnd, roughAt, setRough } from './odd'
import { putQuoted } from './quoting'
import { putInnerText } from './string'
import { isSame } from './table'
import { afterColon, afterSpace, isDigit, scalarEnd, stringEnd } from './text'
import { hasRoom, putByte } from './write'

// A part of the document as the JSON text in a text column: without white space, numbers as JavaScript prints them, quotes
// escaped. It has been walked over before, so its grammar is known to be right.

/** Deeper than data goes. */
const MAX_LEVEL: i32 = 32

/** How many keys there are in the objects around. */
let keys: usize = 0
/** A bit for each of them, and for those of objects that have ended: most keys are new, and known to be at once. */
let seen: u64 = 0

/** Prints a value between quotes. */
export function putJson(o: usize, p: usize, end: usize, isRough: bool): usize {
  keys = 0
  seen = 0
  if (!hasRoom(o, 2) || lookThrough(p, 0) === 0) return 0
  o = putByte(o, 0x22)
  o = isRough ? putTokens(o, p, end) : putQuoted(o, p, end)
  return o !== 0 && hasRoom(o, 1) ? putByte(o, 0x22) : 0
}

/** Writes token by token, with escapes as `JSON.stringify` writes them. */
function putTokens(o: usize, p: usize, end: usize): usize {
  while (p < end) {
    if (!hasRoom(o, 4)) return 0
    const c = load<u8>(p)
    if (c !== 0x22) {
      if (c > 0x20) o = putByte(o, c)
      p++
      continue
    }
    const after = longEnd(p + 1)
    store<u16>(o, 0x225c)
    o = putInnerText(o + 2, p + 1, after - 1)
    if (o === 0 || !hasRoom(o, 2)) return 0
    store<u16>(o, 0x225c)
    o += 2
    p = after
  }
  return o
}

/** Returns where a value ends, or 0 where its tokens are not those that JavaScript prints. */
function lookThrough(p: usize, level: i32): usize {
  return load<u8>(p) === 0x22 ? stringEnd(p + 1) : lookInside(p, level)
}

/** The same for a value that is no text. */
function lookInside(p: usize, level: i32): usize {
  const c = load<u8>(p)
  if (c === 0x7b) return level < MAX_LEVEL ? lookThroughObject(p, level + 1) : 0
  if (c === 0x5b) return level < MAX_LEVEL ? lookThroughList(p, level + 1) : 0
  const end = scalarEnd(p)
  return (c === 0x2d || isDigit(c)) && !isKept(p, end) ? 0 : end
}

function lookThroughList(p: usize, level: i32): usize {
  p = afterSpace(p + 1)
  while (load<u8>(p) !== 0x5d) {
    p = lookThrough(p, level)
    if (p === 0) return 0
    p = afterSpace(p)
    if (load<u8>(p) === 0x2c) p = afterSpace(p + 1)
  }
  return p + 1
}

function lookThroughObject(p: usize, level: i32): usize {
  const outer = keys
  p = afterSpace(p + 1)
  while (load<u8>(p) !== 0x7d) {
    setRough(0)
    const end = stringEnd(p + 1)
    if (roughAt !== 0 || !isNewKey(p + 1, end - 1, outer)) return 0
    p = lookThrough(afterColon(end), level)
    if (p === 0) return 0
    p = afterSpace(p)
    if (load<u8>(p) === 0x2c) p = afterSpace(p + 1)
  }
  keys = outer
  return p + 1
}

/** An object has repeated keys once and those that are numbers first: such an object is left to the parsing path. */
function isNewKey(start: usize, end: usize, outer: usize): bool {
  const length = <u32>(end - start)
  if (isDigit(load<u8>(start)) || keys === MAX_KEYS) return false
  const bit = (<u64>1) << (load<u8>(end - 1) * 31 + load<u8>(start + (length >> 1)) * 7 + length)
  if ((seen & bit) !== 0 && isAmong(outer, start, length)) return false
  seen |= bit
  store<u32>(KEYS + keys * 8, <u32>start)
  store<u32>(KEYS + keys * 8, length, 4)
  keys++
  return true
}

/** Tells whether a key is one of those since `outer`. */
function isAmong(outer: usize, start: usize, length: u32): bool {
  for (let key = outer; key < keys; key++) {
    const at = KEYS + key * 8
    if (load<u32>(at, 4) === length && isSame(load<u32>(at), start, length)) return true
  }
  return false
}
