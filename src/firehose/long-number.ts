/**
 * A whole number of 16 or more digits, which may be inexact. In JSON a number comes after white space, a colon, a comma, a
 * bracket, its sign, or nothing; digits inside strings rarely do.
 */
const LONG_NUMBER = /(?:^|[ \t\n\r:,[-])\d{16}/

/** Checks whether JSON may hold such a number. Also true for digits in a string. */
export function hasLongNumber(text: string): boolean {
  return LONG_NUMBER.test(text)
}
