import type { BinaryType, FixedType, LeafType, PrimitiveType, TimeType } from '../table/column.ts'
import { type DecimalDigits, fromDecimal, readDecimal } from './decimal-mismatch.ts'
import { type ConsequenceByType, MISMATCH_TABLE, type Writing } from './mismatch-table.ts'
import { breakingWith, type Consequence, MISMATCH, NOT_ALWAYS_NUMBER, noteWith } from './severity.ts'

/**
 * Tells what becomes of values that were declared and written as one type, in a column of another, by what AWS documents
 * of the JSON that each type takes. JSON does not tell types apart, so what counts is what the encoder writes.
 * https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-destination-supp.html
 *
 * @param found a primitive type in Iceberg's words or in Glue's
 */
export function primitiveConsequence(declared: LeafType, found: string): Consequence {
  const name = ICEBERG_NAMES.get(found) ?? found
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

/** Glue's words for what Iceberg names otherwise. */
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
      return type.as === 'iso' ? `${type.name} as text` : type.name
    default:
      return type.name
  }
}

function fromWriting(writing: Writing, found: string): Consequence {
  const decimal = readDecimal(found)
  if (decimal === undefined) return lookUp(MISMATCH_TABLE[writing], found)
  return exceeds(writing, decimal) ?? lookUp(MISMATCH_TABLE[writing], 'decimal')
}

/** What was found may have any name, `constructor` too. */
function lookUp(targets: ConsequenceByType, found: string): Consequence {
  return (Object.hasOwn(targets, found) ? targets[found] : undefined) ?? MISMATCH
}

/** The most digits that whole numbers have: microseconds of a day have 11, those since 1970 have 16. */
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

function fromBytes({ name, as }: BinaryType | FixedType, found: string): Consequence {
  if (found === 'string') return breakingWith(`the ${as} text is stored, not the bytes, without an error`)
  if (found === 'binary' && name === 'fixed') return noteWith('bytes of any length fit')
  // The text of some bytes is all digits.
  return NUMBERS.includes(found) || readDecimal(found) !== undefined ? NOT_ALWAYS_NUMBER : MISMATCH
}
