import { RowIssue } from './row-issue.ts'
import { wrongType } from './wrong-type.ts'

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/
const EXPONENT = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/

/**
 * Reads a decimal number and returns it as a string with exactly `scale` digits after the point. A JavaScript number counts
 * as the decimal that it prints as; one that may have been rounded is an issue. Digits that do not fit are an issue too.
 */
export function parseDecimal(value: unknown, precision: number, scale: number): string | RowIssue {
  if (typeof value === 'number' && isRounded(value)) {
    return new RowIssue(
      'OutOfRange',
      'expected an exact number, got one of more than 15 digits; pass a string or a bigint',
    )
  }
  const match = DECIMAL.exec(plainText(value) ?? '')
  if (match === null) return wrongType('a finite number, a bigint or a string like -12.50', value)
  const [, sign = '', whole = '', fraction = ''] = match
  const digits = whole.replace(/^0+(?=\d)/, '')
  if (/[1-9]/.test(fraction.slice(scale))) {
    return new RowIssue('OutOfRange', `expected at most ${scale} digits after the point`)
  }
  if (digits !== '0' && digits.length > precision - scale) {
    return new RowIssue('OutOfRange', `expected at most ${precision - scale} digits before the point`)
  }
  const text = scale === 0 ? digits : `${digits}.${fraction.slice(0, scale).padEnd(scale, '0')}`
  // Decimals have no negative zero.
  return /[1-9]/.test(text) ? `${sign}${text}` : text
}

/** A double keeps 15 digits of any decimal, and whole numbers up to 2^53. */
const EXACT_DIGITS = 15

/** Checks whether a finite number may have been rounded when it was read. */
function isRounded(value: number): boolean {
  if (!Number.isFinite(value) || Number.isSafeInteger(value)) return false
  const [digits = ''] = String(value).split('e')
  return Math.abs(value) > Number.MAX_SAFE_INTEGER || digits.replace(/^-?[0.]*|\./g, '').length > EXACT_DIGITS
}

function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint') return value.toString()
  return typeof value === 'number' && Number.isFinite(value) ? withoutExponent(String(value)) : undefined
}

/** The plain decimal form of a number that prints with an exponent, such as 1e+21 or 1.5e-7. */
function withoutExponent(text: string): string {
  const match = EXPONENT.exec(text)
  if (match === null) return text
  const [, sign = '', first = '', rest = '', exponent = '0'] = match
  const shift = Number(exponent)
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${first}${rest}`
  return `${sign}${first}${rest.padEnd(shift, '0')}`
}
