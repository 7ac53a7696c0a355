import { isSame } from './key-table'
import { KEYS, LEVELS, MAX_KEYS, MAX_LEVEL } from './memory'
import { isKept } from './number'
import { roughAt, setReprinted } from './odd'
import { isDigit } from './text'

// A value that is printed as JSON is scanned while it is skipped: its keys must be unique and in the order in which JavaScript
// lists them, and JavaScript must print its numbers with the same digits.

/** The number of keys in the open objects. */
let keys: usize = 0
/** A bit for each key, those of closed objects included: for most keys, it shows at once that they are new. */
let seen: u64 = 0

/** Begins the scan of a value. */
export function beginPrintable(): void {
  keys = 0
  seen = 0
  setReprinted(false)
}

/** Enters an object. */
export function openObject(depth: usize): void {
  if (depth > MAX_LEVEL) setReprinted(true)
  else store<u32>(LEVELS + depth * 4, <u32>keys)
}

/** Leaves an object and forgets its keys. */
export function closeObject(depth: usize): void {
  if (depth <= MAX_LEVEL) keys = load<u32>(LEVELS + depth * 4)
}

/** Checks a number, or any other scalar that is not a string; `end` is 0 if it is not valid JSON. */
export function lookAtScalar(p: usize, end: usize): void {
  const c = load<u8>(p)
  if (end !== 0 && (c === 0x2d || isDigit(c)) && !isKept(p, end)) setReprinted(true)
}

/** Checks a key: JavaScript objects keep a repeated key once, and list numeric keys first. */
export function lookAtKey(start: usize, end: usize, depth: usize): void {
  const length = <u32>(end - start)
  const bit = (<u64>1) << (load<u8>(end - 1) * 31 + load<u8>(start + (length >> 1)) * 7 + length)
  // One branch for all conditions is faster than four.
  const mayBeOdd =
    u32((seen & bit) !== 0) | u32(roughAt >= start) | u32(isDigit(load<u8>(start))) | u32(keys === MAX_KEYS)
  if (mayBeOdd !== 0 && isOdd(depth, start, length)) {
    setReprinted(true)
    return
  }
  seen |= bit
  store<u64>(KEYS + keys * 8, start | ((<u64>length) << 32))
  keys++
}

/** Checks whether a key may be printed in another place. */
function isOdd(depth: usize, start: usize, length: u32): bool {
  return roughAt >= start || isDigit(load<u8>(start)) || keys === MAX_KEYS || isAmong(depth, start, length)
}

/** Checks whether its object already has this key. */
function isAmong(depth: usize, start: usize, length: u32): bool {
  if (depth > MAX_LEVEL) return false
  for (let key = <usize>load<u32>(LEVELS + depth * 4); key < keys; key++) {
    const at = KEYS + key * 8
    if (load<u32>(at, 4) === length && isSame(load<u32>(at), start, length)) return true
  }
  return false
}
