import { type Column, type ColumnOptions, column, type DecimalType, type ValueWith } from '../column.ts'
import { parseDecimal } from '../decimal-text.ts'

/** What a decimal column takes: a string like `-12.50`, a number that is exact at the scale, or a bigint. */
export type DecimalInput = string | number | bigint

const MAX_PRECISION = 38

/**
 * A column of decimal numbers with `precision` digits in all (1 to 38), `scale` of them after the point; written as
 * strings, which lose nothing. A number counts as the decimal that it prints as. Digits that do not fit are an issue: they
 * are not rounded.
 */
export function decimal<const Options extends ColumnOptions<DecimalInput>>(
  precision: number,
  scale: number,
  options?: Options,
): Column<ValueWith<DecimalInput, Options>> {
  const problems = decimalProblems(precision, scale)
  const type: DecimalType = {
    name: 'decimal',
    precision,
    scale,
    canBeKey: true,
    encode: (value) => {
      const text = parseDecimal(value, precision, scale)
      return typeof text === 'string' ? `"${text}"` : text
    },
    ...(problems.length > 0 && { problems }),
  }
  return column(type, options)
}

function decimalProblems(precision: number, scale: number): string[] {
  if (!Number.isInteger(precision) || precision < 1 || precision > MAX_PRECISION) {
    return [`decimal: expected a precision from 1 to ${MAX_PRECISION}, got ${String(precision)}`]
  }
  if (Number.isInteger(scale) && scale >= 0 && scale <= precision) return []
  return [`decimal: expected a scale from 0 to the precision (${precision}), got ${String(scale)}`]
}
