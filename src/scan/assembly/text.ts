import { afterSpacedColon, afterSpaces, longEnd } from './odd'
import { QUOTE, stopsOrHighIn } from './stops'

// JSON's tokens. Every function takes the beginning of a token and returns its end, or 0 if it is not valid: the document
// is then left to the parsing path, which reports what is wrong.

/** Skips white space. Most documents have none, so the first comparison is enough. */
export function afterSpace(p: usize): usize {
  return load<u8>(p) > 0x20 ? p : afterSpaces(p)
}

/** Skips the colon after a key; the common case has no white space around it. */
export function afterColon(p: usize): usize {
  const two = load<u16>(p)
  return (two & 255) === 0x3a && two > 0x20ff ? p + 1 : afterSpacedColon(p)
}

/** Skips a string, beginning after its opening quote; most strings end within the first 17 bytes. */
export function stringEnd(p: usize): usize {
  const stop = p + ctz(stopsOrHighIn(v128.load(p)) | 0x10000)
  return load<u8>(stop) === QUOTE ? stop + 1 : longEnd(stop)
}

/** Skips a number, true, false or null. */
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

/** Checks whether a character is 0 to 9. */
export function isDigit(c: u8): bool {
  return c - 0x30 <= 9
}
