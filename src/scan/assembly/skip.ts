import { MAX_DEPTH, STACK } from './memory'
import { afterSpaces } from './odd'
import { afterColon, afterSpace, scalarEnd, stringEnd } from './text'

/** Passes over a value of any kind, checking its grammar. As in `text.ts`, 0 where it is none. */
export function valueEnd(p: usize): usize {
  return load<u8>(p) === 0x22 ? stringEnd(p + 1) : insideEnd(p)
}

/** The same for a value that is no text. */
export function insideEnd(p: usize): usize {
  const c = load<u8>(p)
  return c === 0x7b || c === 0x5b ? nestedEnd(p) : scalarEnd(p)
}

/** Objects and lists, without recursion: a hostile document costs no more than the levels that there is room for. */
function nestedEnd(p: usize): usize {
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
        p = c === 0x7b ? keyEnd(inside) : inside
        if (p === 0) return 0
        continue
      }
      p = inside + 1
    } else p = scalarEnd(p)
    if (p === 0) return 0
    // After a value: brackets may close here, until a comma leads to the next one.
    while (true) {
      if (depth === 0) return p
      const closing = load<u8>(STACK + depth - 1)
      const next = load<u8>(p)
      if (next === closing) {
        depth--
        p++
      } else if (next === 0x2c) {
        p = afterSpace(p + 1)
        if (closing === 0x7d) p = keyEnd(p)
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

/** From the quote of a key to the value after its colon. */
function keyEnd(p: usize): usize {
  if (load<u8>(p) !== 0x22) return 0
  p = stringEnd(p + 1)
  return p === 0 ? 0 : afterColon(p)
}
