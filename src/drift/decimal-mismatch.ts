import { AS_BYTES, breakingWith, type Consequence, MISMATCH, noteWith, TEXT_STORED } from './severity.ts'

/** How many digits a decimal has, and how many of them after the point. */
export interface DecimalDigits {
  readonly precision: number
  readonly scale: number
}

/** Reads `decimal(10, 2)`, with or without the space; undefined for any other type. */
export function readDecimal(actual: string): DecimalDigits | undefined {
  const [, precision, scale] = /^decimal\((\d+), ?(\d+)\)$/.exec(actual) ?? []
  return precision === undefined ? undefined : { precision: Number(precision), scale: Number(scale) }
}

/** Predicts what happens to decimals, which are written as strings, in a column of another type. */
export function fromDecimal(declared: DecimalDigits, actual: string): Consequence {
  const decimal = readDecimal(actual)
  if (decimal !== undefined) return intoDecimal(declared, decimal)
  switch (actual) {
    case 'int':
      return intoWhole(declared, { bits: 32, digits: 9 })
    case 'long':
      return intoWhole(declared, { bits: 64, digits: 18 })
    case 'float':
      return intoFloating(declared, 7)
    case 'double':
      return intoFloating(declared, 15)
    case 'string':
      return TEXT_STORED
    case 'binary':
      return AS_BYTES
    default:
      return MISMATCH
  }
}

const ALL_FIT = noteWith('every declared number fits')

function intoDecimal(declared: DecimalDigits, { precision, scale }: DecimalDigits): Consequence {
  if (scale < declared.scale) {
    return breakingWith(
      `the table keeps ${scale} digits after the point: AWS does not say whether Firehose rounds more digits or refuses the record`,
    )
  }
  const digits = precision - scale
  if (digits >= declared.precision - declared.scale) return ALL_FIT
  return breakingWith(`a number of more than ${digits} digits before the point goes to the error bucket`)
}

/** @param room the bits of the column, and how many digits always fit */
function intoWhole({ precision, scale }: DecimalDigits, room: { readonly bits: number; readonly digits: number }) {
  if (scale > 0) {
    return breakingWith(
      'its string has a point, and AWS shows no point for whole numbers: expect every record in the error bucket',
    )
  }
  if (precision <= room.digits) return ALL_FIT
  return breakingWith(`a number beyond ${room.bits} bits goes to the error bucket`)
}

/** @param digits how many digits are always exact */
function intoFloating({ precision, scale }: DecimalDigits, digits: number): Consequence {
  if (scale > 0) return breakingWith('the nearest binary fraction is stored, not the exact decimal, without an error')
  if (precision <= digits) return ALL_FIT
  return breakingWith(`a number of more than ${digits} digits loses some, without an error`)
}
