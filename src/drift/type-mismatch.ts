import type { BinaryType, FixedType, LeafType, PrimitiveType, TimeType } from '../table/column.ts'
import { type DecimalDigits, fromDecimal, readDecimal } from './decimal-mismatch.ts'
import { type ConsequenceByType, MISMATCH_TABLE, type Writing } from './mismatch-table.ts'
import { breakingWith, type Consequence, MISMATCH, NOT_ALWAYS_NUMBER, noteWith } from './severity.ts'

/**
 * Predicts what happens to values of a declared type in a column of another type, from what AWS documents about the JSON
 * that each column type accepts. JSON has fewer types than Iceberg, so the prediction depends on what the encoder writes.
 * https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-destination-supp.html
 *
 * @param actual a primitive type, under its name in Iceberg or in Glue
 */
export function primitiveConsequence(declared: LeafType, actual: string): Consequence {
  const name = ICEBERG_NAMES.get(actual) ?? actual
  switch (declared.name) {
    case 'decimal':
      return fromDecimal(declared, name)
    case 'binary':
    case 'fixed':
      return fromBytes(declared, name)
    default:
      return fromWriting(writingOf(declared), name)
  }
}

/** Types that have another name in Glue than in Iceberg. */
const ICEBERG_NAMES: ReadonlyMap<string, string> = new Map([
  ['bigint', 'long'],
  ['integer', 'int'],
])

function writingOf(type: PrimitiveType | TimeType): Writing {
  switch (type.name) {
    case 'json':
      return 'string'
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return type.as === 'iso' ? `${type.name} as string` : type.name
    default:
      return type.name
  }
}

function fromWriting(writing: Writing, actual: string): Consequence {
  const decimal = readDecimal(actual)
  if (decimal === undefined) return lookUp(MISMATCH_TABLE[writing], actual)
  return exceeds(writing, decimal) ?? lookUp(MISMATCH_TABLE[writing], 'decimal')
}

/** The actual type may have any name, even `constructor`. */
function lookUp(targets: ConsequenceByType, actual: string): Consequence {
  return (Object.hasOwn(targets, actual) ? targets[actual] : undefined) ?? MISMATCH
}

/** The largest number of digits of each kind of whole number: microseconds of a day have 11, those since 1970 have 16. */
const WHOLE_DIGITS: { readonly [writing in Writing]?: number } = {
  int: 10,
  long: 19,
  time: 11,
  timestamp: 16,
  timestamptz: 16,
}

function exceeds(writing: Writing, { precision, scale }: DecimalDigits): Consequence | undefined {
  const digits = precision - scale
  if ((WHOLE_DIGITS[writing] ?? 0) <= digits) return undefined
  return breakingWith(`a number of more than ${digits} digits before the point goes to the error bucket`)
}

const NUMBERS: readonly string[] = ['int', 'long', 'float', 'double']

function fromBytes({ name, as }: BinaryType | FixedType, actual: string): Consequence {
  if (actual === 'string') return breakingWith(`the ${as} string is stored instead of the bytes, without an error`)
  if (actual === 'binary' && name === 'fixed') return noteWith('bytes of any length fit')
  // Some bytes are written as digits only.
  return NUMBERS.includes(actual) || readDecimal(actual) !== undefined ? NOT_ALWAYS_NUMBER : MISMATCH
}
