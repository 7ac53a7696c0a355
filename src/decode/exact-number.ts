const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/

/** A decimal number as its digits without zeros around them, and the power of ten of the last digit. */
interface Decimal {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
}

/** The most digits that a whole number may get from its exponent: DynamoDB's largest number has 126. */
const MAX_DIGITS = 130

/**
 * Reads a decimal number without rounding it: a number if that is exact, else a bigint for a whole number and the text
 * for a fraction.
 *
 * @returns undefined if it is not a decimal number
 */
export function exactNumber(text: string): number | bigint | string | undefined {
  const decimal = parseDecimal(text)
  if (decimal === undefined) return undefined
  const number = Number(text)
  const { digits, exponent, negative } = decimal
  if (Number.isSafeInteger(number) || exponent < 0) {
    const printed = parseDecimal(String(number))
    const isExact = printed?.digits === digits && (digits === '' || printed.exponent === exponent)
    return isExact ? number : text
  }
  if (digits.length + exponent > MAX_DIGITS) return text
  const whole = BigInt(digits + '0'.repeat(exponent))
  return negative ? -whole : whole
}

function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? []
  const all = whole + fraction
  if (sign === undefined || all === '') return undefined
  const digits = all.replace(/^0+/, '').replace(/0+$/, '')
  const zeros = all.length - all.replace(/0+$/, '').length
  return { negative: sign === '-', digits, exponent: Number(exponent) - fraction.length + zeros }
}
