/**
 * A whole number of 16 digits and more, which may be inexact: after white space, a colon, a comma, a bracket, its sign, or
 * nothing, as numbers in JSON are, and as few digits in texts.
 */
const LONG_NUMBER = /(?:^|[ \t\n\r:,[-])\d{16}/

/** Tells whether JSON may hold such a number. Texts in it are not told apart. */
export function hasLongNumber(text: string): boolean {
  return LONG_NUMBER.test(text)
}
