// JSON's tokens. Every function takes where a token begins and returns where it ends, or 0 where it is none: the document
// is then left to the parsing path, which says what is wrong with it.

const QUOTE: u8 = 0x22
const BACKSLASH: u8 = 0x5c

/** Whether a byte of the document is no ASCII: only then does its UTF-8 need a check. */
export let hasHighBytes: i32 = 0
/**
 * Where the last escape was, or the last white space between tokens. A value is rough if that is after its beginning: a
 * text then has escapes, and any other value may be printed in another way than it is written.
 */
export let roughAt: usize = 0

/** Forgets about the document before. */
export function forgetHighBytes(): void {
  hasHighBytes = 0
}

/** Goes back to an earlier place, or to none. */
export function setRough(at: usize): void {
  roughAt = at
}

/** Passes over white space. Most documents have none, so the first look is all. */
export function afterSpace(p: usize): usize {
  return load<u8>(p) > 0x20 ? p : afterSpaces(p)
}

/** The same where there surely is some, or something that is no token. */
export function afterSpaces(p: usize): usize {
  while (true) {
    const c = load<u8>(p)
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return p
    roughAt = p++
  }
}

/** From after a key to its value. */
export function afterColon(p: usize): usize {
  return load<u8>(p) === 0x3a && load<u8>(p + 1) > 0x20 ? p + 1 : afterSpacedColon(p)
}

function afterSpacedColon(p: usize): usize {
  p = afterSpace(p)
  return load<u8>(p) === 0x3a ? afterSpace(p + 1) : 0
}

/** From after the opening quote to after the closing one, 16 bytes at a time. */
export function stringEnd(p: usize): usize {
  const stops = signedStopsIn(v128.load(p))
  if (stops === 0) return longEnd(p + 16)
  p += ctz(stops)
  return load<u8>(p) === QUOTE ? p + 1 : oddEnd(p)
}

function longEnd(p: usize): usize {
  while (true) {
    const stops = signedStopsIn(v128.load(p))
    if (stops !== 0) {
      p += ctz(stops)
      return load<u8>(p) === QUOTE ? p + 1 : oddEnd(p)
    }
    p += 16
  }
}

/** From a backslash, a control character or a high byte to after the closing quote. */
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

/** To the next quote, backslash or control character. */
function nextStop(p: usize): usize {
  while (true) {
    const bytes = v128.load(p)
    // What is after the text may count as well: then a check is made in vain.
    hasHighBytes |= i8x16.bitmask(bytes)
    const stops = stopsIn(bytes)
    if (stops !== 0) return p + ctz(stops)
    p += 16
  }
}

/** As signed numbers, control characters and high bytes are below 32. */
function signedStopsIn(bytes: v128): i32 {
  return i8x16.bitmask(v128.or(marksIn(bytes), i8x16.lt_s(bytes, i8x16.splat(0x20))))
}

/** The bytes at which a text ends or needs a look, high bytes not among them. */
export function stopsIn(bytes: v128): i32 {
  return i8x16.bitmask(v128.or(marksIn(bytes), i8x16.lt_u(bytes, i8x16.splat(0x20))))
}

function marksIn(bytes: v128): v128 {
  return v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)))
}

/** From a backslash to after its escape. */
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

/** From the first character of a number, true, false or null to after the last. */
export function scalarEnd(p: usize): usize {
  const word = load<u32>(p)
  if (word === 0x65757274 || word === 0x6c6c756e) return p + 4
  if (word === 0x736c6166) return load<u8>(p + 4) === 0x65 ? p + 5 : 0
  return numberEnd(p)
}

function numberEnd(p: usize): usize {
  if (load<u8>(p) === 0x2d) p++
  p = load<u8>(p) === 0x30 ? p + 1 : digitsEnd(p)
  if (p === 0) return 0
  if (load<u8>(p) === 0x2e) {
    p = digitsEnd(p + 1)
    if (p === 0) return 0
  }
  if ((load<u8>(p) | 0x20) !== 0x65) return p
  const sign = load<u8>(p + 1)
  return digitsEnd(sign === 0x2b || sign === 0x2d ? p + 2 : p + 1)
}

function digitsEnd(p: usize): usize {
  if (!isDigit(load<u8>(p))) return 0
  do p++
  while (isDigit(load<u8>(p)))
  return p
}

/** Tells whether a character is 0 to 9. */
export function isDigit(c: u8): bool {
  return c - 0x30 <= 9
}
