import { longEnd } from './odd'
import { putQuoted } from './quoting'
import { putInnerText } from './string'
import { hasRoom, putByte } from './write'

// Writes a part of the document as JSON in a string column: without white space, numbers as JavaScript prints them, quotes
// escaped. That part was scanned before, so its grammar is valid, and its numbers and keys are copied unchanged.

/** Prints a value between quotes. */
export function putJson(o: usize, p: usize, end: usize, isRough: bool): usize {
  if (!hasRoom(o, 2)) return 0
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
