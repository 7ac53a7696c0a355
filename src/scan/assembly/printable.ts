import { KEYS, LEVELS, MAX_KEYS, MAX_LEVEL } from './memory'
import { isKept } from './number'
import { roughAt, setReprinted } from './odd'
import { isSame } from './table'
import { isDigit } from './text'

// What is to become JSON text is looked through while it is passed over: whether its keys stand once, in the order in
// which JavaScript lists them, and its numbers are those that JavaScript prints.

/** How many keys there are in the objects around. */
let keys: usize = 0
/** A bit for each of them, and for those of objects that have ended: most keys are new, and known to be at once. */
let seen: u64 = 0

/** Begins with a value. */
export function beginPrintable(): void {
  keys = 0
  seen = 0
  setReprinted(false)
}

/** Goes into an object. */
export function openObject(depth: usize): void {
  if (depth > MAX_LEVEL) setReprinted(true)
  else store<u32>(LEVELS + depth * 4, <u32>keys)
}

/** Comes back out of it: its keys count no more. */
export function closeObject(depth: usize): void {
  if (depth <= MAX_LEVEL) keys = load<u32>(LEVELS + depth * 4)
}

/** Looks at a number, or at what else is neither text, object nor list; `end` is 0 where it is nothing at all. */
export function lookAtScalar(p: usize, end: usize): void {
  const c = load<u8>(p)
  if (end !== 0 && (c === 0x2d || isDigit(c)) && !isKept(p, end)) setReprinted(true)
}

/** Looks at a key: an object has repeated ones once, and those that are numbers first. */
export function lookAtKey(start: usize, end: usize, depth: usize): void {
  const length = <u32>(end - start)
  const bit = (<u64>1) << (load<u8>(end - 1) * 31 + load<u8>(start + (length >> 1)) * 7 + length)
  // Asked all at once: one way through is shorter than four.
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

/** Tells whether a key is not printed where it stands, or may not be. */
function isOdd(depth: usize, start: usize, length: u32): bool {
  return roughAt >= start || isDigit(load<u8>(start)) || keys === MAX_KEYS || isAmong(depth, start, length)
}

/** Tells whether a key is one of its object's so far. */
function isAmong(depth: usize, start: usize, length: u32): bool {
  if (depth > MAX_LEVEL) return false
  for (let key = <usize>load<u32>(LEVELS + depth * 4); key < keys; key++) {
    const at = KEYS + key * 8
    if (load<u32>(at, 4) === length && isSame(load<u32>(at), start, length)) return true
  }
  return false
}
