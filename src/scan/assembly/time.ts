import { isDigit } from './text'

// Dates and times in ISO 8601. Other forms are left to the parsing path, which reads or reports them.

/** The result of the last read: days since 1970, or microseconds. */
export let time: i64 = 0

/** Reads `2026-01-31` as days since 1970, from the year 1 on: no column accepts an earlier one. */
export function readDate(p: usize): bool {
  const year = twoDigits(p) * 100 + twoDigits(p + 2)
  const month = twoDigits(p + 5)
  const day = twoDigits(p + 8)
  if (load<u8>(p + 4) !== 0x2d || load<u8>(p + 7) !== 0x2d) return false
  // A character that is not a digit makes a part too small for any date.
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false
  time = daysFrom(year, month, day)
  return true
}

/** Reads `18:56`, `18:56:15` or `18:56:15.096` as microseconds and returns its end, or 0. */
export function readClock(p: usize, end: usize): usize {
  const hour = twoDigits(p)
  const minute = twoDigits(p + 3)
  if (load<u8>(p + 2) !== 0x3a || hour < 0 || hour > 23 || minute < 0 || minute > 59) return 0
  time = (<i64>hour * 60 + minute) * 60_000_000
  p += 5
  if (p >= end || load<u8>(p) !== 0x3a) return p
  const second = twoDigits(p + 1)
  if (second < 0 || second > 59) return 0
  time += <i64>second * 1_000_000
  p += 3
  return p < end && load<u8>(p) === 0x2e ? readFraction(p + 1) : p
}

function readFraction(p: usize): usize {
  let unit: i64 = 100_000
  const start = p
  for (; isDigit(load<u8>(p)); p++) {
    const digit = load<u8>(p) - 0x30
    // After microseconds, only zeros may follow.
    if (unit === 0 && digit !== 0) return 0
    time += unit * digit
    unit /= 10
  }
  return p === start ? 0 : p
}

/** Reads a date and a time of day, with or without offset, as microseconds since 1970 in UTC. */
export function readTimestamp(p: usize, end: usize, needsZone: bool): bool {
  if (end - p < 16 || !readDate(p)) return false
  const separator = load<u8>(p + 10)
  // T, t or a blank.
  if ((separator | 0x20) !== 0x74 && separator !== 0x20) return false
  const days = time
  p = readClock(p + 11, end)
  if (p === 0) return false
  time += days * 86_400_000_000
  if (p === end) return !needsZone
  const sign = load<u8>(p)
  // Z or z.
  if ((sign | 0x20) === 0x7a) return p + 1 === end
  if (sign !== 0x2b && sign !== 0x2d) return false
  // +09, +0900 and +09:00 are the same.
  const isShort = p + 3 === end
  const minutes = load<u8>(p + 3) === 0x3a ? p + 4 : p + 3
  const hour = twoDigits(p + 1)
  const minute = isShort ? 0 : twoDigits(minutes)
  if ((!isShort && minutes + 2 !== end) || hour < 0 || hour > 23 || minute < 0 || minute > 59) return false
  const offset = <i64>(hour * 60 + minute) * 60_000_000
  time += sign === 0x2d ? offset : -offset
  return true
}

/** Reads two digits; if they are not both digits, the result is so negative that adding other parts leaves it negative. */
function twoDigits(p: usize): i32 {
  const tens = load<u8>(p)
  const ones = load<u8>(p + 1)
  return isDigit(tens) && isDigit(ones) ? (<i32>tens - 0x30) * 10 + (<i32>ones - 0x30) : -100_000
}

function daysIn(year: i32, month: i32): i32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days since 1970 in the proleptic Gregorian calendar; years begin in March here, so that leap days come last. */
function daysFrom(year: i32, month: i32, day: i32): i64 {
  const y = month > 2 ? year : year - 1
  const shifted = month > 2 ? month - 3 : month + 9
  const century = y / 100
  return <i64>(365 * y + y / 4 - century + century / 4 + (153 * shifted + 2) / 5 + day - 1 - 719_468)
}
