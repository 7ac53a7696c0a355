/** How many digits the shortest whole number has that may be inexact. */
const LONG = 16

/**
 * Tells whether bytes of JSON may hold a whole number of 16 digits and more: no part of a string, as far as one look can
 * tell. So many digits in a row cover three whole words at least, so that one word in three is looked at.
 *
 * @param words the same bytes, four at a time
 */
export function hasLongNumber(bytes: Uint8Array, words: Uint32Array, sizeBytes: number): boolean {
  const end = sizeBytes >> 2
  for (let at = nextThrees(words, 2, end); at < end; at = nextThrees(words, at + 3, end)) {
    if (!areDigits(words[at] as number) || !hasTwoBeside(words, at)) continue
    const first = firstDigit(bytes, at * 4)
    const after = afterDigits(bytes, at * 4, sizeBytes)
    if (after - first >= LONG && startsNumber(bytes, first)) return true
    // Past the digits that have been looked at: of a text of a million digits each is read once.
    at = after >> 2
  }
  return false
}

/** The half-byte 3, four times: what digits begin with, and `:;<=>?`. */
const THREES = 0x30303030
const FIRST_HALVES = 0xf0f0f0f0

/** The next word that may be four digits. It takes two at a time, because nearly all that is done for a record is this. */
function nextThrees(words: Uint32Array, start: number, end: number): number {
  let at = start
  while (at < end && !areThrees(words[at] as number) && !areThrees(words[at + 3] as number)) at += 6
  return at >= end || areThrees(words[at] as number) ? at : at + 3
}

function areThrees(word: number): boolean {
  return (word & FIRST_HALVES) === THREES
}

/** Four digits, and nothing else, begin with the half-byte 3 and still do when 6 is added to each. */
function areDigits(word: number): boolean {
  return areThrees(word) && areThrees(word + 0x06060606)
}

/** Years and times end here. */
function hasTwoBeside(words: Uint32Array, at: number): boolean {
  const before = areDigits(words[at - 1] as number)
  const after = areDigits(words[at + 1] as number)
  return (before && (after || areDigits(words[at - 2] as number))) || (after && areDigits(words[at + 2] as number))
}

function firstDigit(bytes: Uint8Array, at: number): number {
  let first = at
  while (first > 0 && isDigit(bytes[first - 1] as number)) first--
  return first
}

function afterDigits(bytes: Uint8Array, at: number, end: number): number {
  let after = at
  while (after < end && isDigit(bytes[after] as number)) after++
  return after
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/** What stands before a whole number in JSON: white space, a colon, a comma, a bracket, its sign, or nothing. */
const BEFORE = ' \t\n\r:,[-'

function startsNumber(bytes: Uint8Array, first: number): boolean {
  return first === 0 || BEFORE.includes(String.fromCharCode(bytes[first - 1] as number))
}
