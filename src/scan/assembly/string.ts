import { hexOf } from './odd'
import { stopsIn } from './stops'
import { hasRoom, put, putByte } from './write'

// Writes strings as `JSON.stringify` does: characters that need no escape are written plainly, escapes in their shortest form.

/** An upper bound for a written escape: in a string inside a string, `\ud800` takes seven bytes. */
const MAX_ESCAPE: usize = 16

/** Whether a string had a lone surrogate, which may become a pair when another string is appended. */
export let hasHalf: bool = false

/** Copies the inside of a string, without its quotes. */
export function putText(o: usize, start: usize, end: usize, escaped: bool): usize {
  hasHalf = false
  return escaped ? putEscapes(o, start, end, false) : put(o, start, end - start)
}

/** The same for JSON inside a string: quotes and backslashes are escaped once more. */
export function putInnerText(o: usize, start: usize, end: usize): usize {
  return putEscapes(o, start, end, true)
}

function putEscapes(o: usize, p: usize, end: usize, inner: bool): usize {
  while (p < end) {
    if (!hasRoom(o, MAX_ESCAPE)) return 0
    const bytes = v128.load(p)
    v128.store(o, bytes)
    const stops = stopsIn(bytes)
    const plain = stops === 0 ? 16 : ctz(stops)
    // Ignore the bytes after the string.
    const left = <i32>(end - p)
    if (left <= plain) return o + left
    o += plain
    p += plain
    if (stops === 0) continue
    o = putEscape(o, p, inner)
    p += escapeBytes
  }
  return o
}

/** The length of the escape that was read last. */
let escapeBytes: usize = 0

function putEscape(o: usize, p: usize, inner: bool): usize {
  const c = load<u8>(p + 1)
  escapeBytes = 2
  if (c === 0x2f) return putByte(o, c)
  if (c === 0x75) return putCodePoint(o, p, inner)
  return putShort(o, c, inner)
}

/** Writes an escape of one letter: `\n`, or `\\n` inside another string, where a quote or a backslash needs one more. */
function putShort(o: usize, c: u8, inner: bool): usize {
  o = putByte(o, 0x5c)
  if (inner) {
    o = putByte(o, 0x5c)
    if (c === 0x22 || c === 0x5c) o = putByte(o, 0x5c)
  }
  return putByte(o, c)
}

function putCodePoint(o: usize, p: usize, inner: bool): usize {
  let code = unitAt(p)
  escapeBytes = 6
  if (code < 0x20) return putControl(o, code, inner)
  if (code === 0x22 || code === 0x5c) return putShort(o, <u8>code, inner)
  if (code >= 0xd800 && code < 0xe000) {
    const isPair = code < 0xdc00 && load<u16>(p + 6) === 0x755c
    const low = isPair ? unitAt(p + 6) : 0
    if (low < 0xdc00 || low >= 0xe000) {
      hasHalf = true
      return putUnit(o, code, inner)
    }
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
    escapeBytes = 12
  }
  return putUtf8(o, code)
}

function putControl(o: usize, code: u32, inner: bool): usize {
  let letter: u8 = 0
  if (code === 8) letter = 0x62
  else if (code === 9) letter = 0x74
  else if (code === 10) letter = 0x6e
  else if (code === 12) letter = 0x66
  else if (code === 13) letter = 0x72
  return letter === 0 ? putUnit(o, code, inner) : putShort(o, letter, inner)
}

/** Writes `\u` and four digits in lower case, as `JSON.stringify` does. */
function putUnit(o: usize, code: u32, inner: bool): usize {
  o = putShort(o, 0x75, inner)
  for (let shift = 12; shift >= 0; shift -= 4) {
    const digit = <u8>((code >> shift) & 15)
    o = putByte(o, digit < 10 ? digit + 0x30 : digit + 0x57)
  }
  return o
}

function putUtf8(o: usize, code: u32): usize {
  if (code < 0x80) return putByte(o, <u8>code)
  if (code < 0x800) o = putByte(o, <u8>(0xc0 | (code >> 6)))
  else {
    if (code < 0x10000) o = putByte(o, <u8>(0xe0 | (code >> 12)))
    else {
      o = putByte(o, <u8>(0xf0 | (code >> 18)))
      o = putByte(o, <u8>(0x80 | ((code >> 12) & 63)))
    }
    o = putByte(o, <u8>(0x80 | ((code >> 6) & 63)))
  }
  return putByte(o, <u8>(0x80 | (code & 63)))
}

/** Reads the four digits after `\u`, which were checked before. */
function unitAt(p: usize): u32 {
  let code = 0
  for (let i: usize = 2; i < 6; i++) code = (code << 4) | hexOf(load<u8>(p + i))
  return code
}
