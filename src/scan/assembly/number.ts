import { isDigit } from './text'

// Numbers are copied, digit by digit, if JavaScript would print the same digits.

/** The largest number that is exact in JavaScript. */
export const MAX_SAFE: i64 = 9007199254740991
/** A number with this many digits is exact, wherever its point is. */
const EXACT_DIGITS: i32 = 15
/** Numbers with this many digits or more are left to the parsing path. */
const MAX_DIGITS: usize = 1000

/** The whole number that was read last. */
export let integer: i64 = 0

/** Reads a whole number of 64 bits. False for anything else, and for what prints differently (`1.0`, `1e3`, `-0`). */
export function readInteger(p: usize, end: usize): bool {
  const isNegative = load<u8>(p) === 0x2d
  if (isNegative) p++
  if (end - p > 19 || (isNegative && load<u8>(p) === 0x30)) return false
  let value: u64 = 0
  for (; p < end; p++) {
    const c = load<u8>(p)
    if (!isDigit(c)) return false
    value = value * 10 + (c - 0x30)
  }
  if (value > <u64>i64.MAX_VALUE) return false
  integer = isNegative ? -(<i64>value) : <i64>value
  return true
}

/** Checks whether the whole number that was read last is exact in JavaScript. */
export function isSafe(): bool {
  return integer <= MAX_SAFE && integer >= -MAX_SAFE
}

/** Checks whether a number is printed with all its digits: whole numbers of any length, others if they are exact. */
export function isKept(p: usize, end: usize): bool {
  return (isWhole(p, end) && end - p < MAX_DIGITS) || isExact(p, end)
}

/** Checks whether JavaScript reads and prints a number with the same digits. */
export function isExact(p: usize, end: usize): bool {
  return isWhole(p, end) ? readInteger(p, end) && isSafe() : isPrinted(p, end)
}

/** Checks for digits with an optional sign; not `-0`, which prints as 0. */
export function isWhole(p: usize, end: usize): bool {
  if (load<u8>(p) === 0x2d && load<u8>(++p) === 0x30) return false
  for (; p < end; p++) if (!isDigit(load<u8>(p))) return false
  return true
}

/** Checks for a fraction that prints as it is written: few digits, no exponent, no zero at the end, not too small. */
export function isPrinted(p: usize, end: usize): bool {
  if (load<u8>(p) === 0x2d) p++
  if (load<u8>(end - 1) === 0x30) return false
  let digits = 0
  let zeros = 0
  for (; p < end; p++) {
    const c = load<u8>(p)
    if (c === 0x2e) continue
    if (!isDigit(c)) return false
    // Leading zeros do not count as digits.
    if (c === 0x30 && digits === 0) zeros++
    else digits++
  }
  return digits <= EXACT_DIGITS && zeros <= 6
}
