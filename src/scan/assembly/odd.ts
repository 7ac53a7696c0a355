import { BACKSLASH, QUOTE, stopsIn, stopsOrHighIn } from './stops'

// Rare cases: most tokens of most documents need none of this. `tools/compile.ts` does not inline these functions into their
// callers, so that hot code stays small.

/** Whether a byte of the document is not ASCII: only then, its UTF-8 needs a check. */
export let hasHighBytes: i32 = 0
/**
 * Where the last escape was, or the last white space between tokens. A value is rough if that is after its beginning: a string
 * then has escapes, and any other value may be printed differently from how it is written.
 */
export let roughAt: usize = 0

/** Whether the value that was scanned last may be printed differently from how it is written. */
export let isReprinted: bool = false

/** Sets {@link isReprinted}. */
export function setReprinted(value: bool): void {
  isReprinted = value
}

/** Resets the state of the previous document. */
export function forgetOdd(): void {
  isReprinted = false
  hasHighBytes = 0
  roughAt = 0
}

/** Sets {@link roughAt} back to an earlier place. */
export function setRough(at: usize): void {
  roughAt = at
}

/** Skips white space, if there is any. */
export function afterSpaces(p: usize): usize {
  while (true) {
    const c = load<u8>(p)
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return p
    roughAt = p++
  }
}

/** Skips the colon after a key, with white space around it, and returns the beginning of the value. */
export function afterSpacedColon(p: usize): usize {
  p = afterSpaces(p)
  return load<u8>(p) === 0x3a ? afterSpaces(p + 1) : 0
}

/** Skips the rest of a string and returns the address after its closing quote. */
export function longEnd(p: usize): usize {
  while (true) {
    const stops = stopsOrHighIn(v128.load(p))
    if (stops !== 0) {
      p += ctz(stops)
      return load<u8>(p) === QUOTE ? p + 1 : oddEnd(p)
    }
    p += 16
  }
}

/** The same, beginning at a backslash, a control character or a high byte. */
function oddEnd(p: usize): usize {
  while (true) {
    const c = load<u8>(p)
    if (c === QUOTE) return p + 1
    if (c === BACKSLASH) {
      roughAt = p
      p = escapeEnd(p)
      if (p === 0) return 0
    } else if (c < 0x20) return 0
    p = nextStop(p)
  }
}

/** Finds the next quote, backslash or control character. */
function nextStop(p: usize): usize {
  while (true) {
    const bytes = v128.load(p)
    // Bytes after the string may count as well, which only costs an unnecessary check.
    hasHighBytes |= i8x16.bitmask(bytes)
    const stops = stopsIn(bytes)
    if (stops !== 0) return p + ctz(stops)
    p += 16
  }
}

/** Skips an escape, beginning at its backslash. */
function escapeEnd(p: usize): usize {
  const c = load<u8>(p + 1)
  if (c === 0x75) {
    for (let i: usize = 2; i < 6; i++) if (hexOf(load<u8>(p + i)) < 0) return 0
    return p + 6
  }
  const isShort =
    c === QUOTE || c === BACKSLASH || c === 0x2f || c === 0x62 || c === 0x66 || c === 0x6e || c === 0x72 || c === 0x74
  return isShort ? p + 2 : 0
}

/** The value of a hexadecimal digit, -1 for any other character. */
export function hexOf(c: u8): i32 {
  const digit = <i32>c - 0x30
  if (digit >= 0 && digit <= 9) return digit
  const letter = (<i32>c | 0x20) - 0x61
  return letter >= 0 && letter <= 5 ? letter + 10 : -1
}
