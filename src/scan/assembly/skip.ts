import { MAX_DEPTH, STACK } from './memory'
import { afterSpaces } from './odd'
import { beginPrintable, closeObject, lookAtKey, lookAtScalar, openObject } from './printable'
import { afterColon, afterSpace, scalarEnd, stringEnd } from './text'

/** Skips a value of any type and checks its grammar. As in `text.ts`, returns 0 if it is not valid. */
export function valueEnd(p: usize): usize {
  return load<u8>(p) === 0x22 ? stringEnd(p + 1) : insideEnd(p, false)
}

/**
 * The same for a value that is not a string.
 *
 * @param isPrinted the value is printed as JSON, so it is scanned as well: `isReprinted` has the result
 */
export function insideEnd(p: usize, isPrinted: bool): usize {
  const c = load<u8>(p)
  if (isPrinted) beginPrintable()
  if (c === 0x7b || c === 0x5b) return nestedEnd(p, isPrinted)
  const end = scalarEnd(p)
  if (isPrinted) lookAtScalar(p, end)
  return end
}

/** Skips an object or a list without recursion: the stack has a fixed size, so hostile nesting costs nothing more. */
function nestedEnd(p: usize, isPrinted: bool): usize {
  let depth: usize = 0
  while (true) {
    const c = load<u8>(p)
    if (c === 0x22) p = stringEnd(p + 1)
    else if (c === 0x7b || c === 0x5b) {
      if (depth === MAX_DEPTH) return 0
      const closing = c + 2
      const inside = afterSpace(p + 1)
      if (load<u8>(inside) !== closing) {
        store<u8>(STACK + depth++, closing)
        p = inside
        if (c === 0x7b) {
          if (isPrinted) openObject(depth)
          p = keyEnd(inside, isPrinted ? depth : 0)
          if (p === 0) return 0
        }
        continue
      }
      p = inside + 1
    } else {
      const end = scalarEnd(p)
      if (isPrinted) lookAtScalar(p, end)
      p = end
    }
    if (p === 0) return 0
    // After a value: brackets may close here, until a comma begins the next value.
    while (true) {
      if (depth === 0) return p
      const closing = load<u8>(STACK + depth - 1)
      const next = load<u8>(p)
      if (next === closing) {
        if (isPrinted && closing === 0x7d) closeObject(depth)
        depth--
        p++
      } else if (next === 0x2c) {
        p = afterSpace(p + 1)
        if (closing === 0x7d) p = keyEnd(p, isPrinted ? depth : 0)
        if (p === 0) return 0
        break
      } else {
        const token = afterSpaces(p)
        if (token === p) return 0
        p = token
      }
    }
  }
}

/** Skips a key and its colon, and returns the beginning of the value; given a level, it checks the key. */
function keyEnd(p: usize, depth: usize): usize {
  if (load<u8>(p) !== 0x22) return 0
  const end = stringEnd(p + 1)
  if (end === 0) return 0
  if (depth !== 0) lookAtKey(p + 1, end - 1, depth)
  return afterColon(end)
}
