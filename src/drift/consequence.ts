import type { PrimitiveParts } from '../table/artefacts/hive.ts'

/** What becomes of values of one type in a column of another, and whether that is bad. */
export interface Consequence {
  readonly severity: 'breaking' | 'note'
  readonly consequence: string
}

const MISMATCH: Consequence = {
  severity: 'breaking',
  consequence: 'Firehose wants the type of a value to match its column: the record goes to the error bucket',
}

/**
 * Tells what becomes of values that were declared and written as one type, in a column of another, by what AWS documents
 * of the JSON that each type takes. https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-format-input-record.html
 *
 * @param found a primitive type in Iceberg's words or in Glue's
 */
export function primitiveConsequence(declared: PrimitiveParts, found: string): Consequence {
  const name = ICEBERG_NAMES[found] ?? found
  if (declared.name === 'decimal') return decimalConsequence(declared, name)
  return PAIRS[`${declared.name} > ${name}`] ?? MISMATCH
}

/** Glue's words for what Iceberg names otherwise. */
const ICEBERG_NAMES: { readonly [name: string]: string | undefined } = { bigint: 'long', integer: 'int' }

const EPOCH = breakingWith(
  'a number is read as microseconds: an epoch in milliseconds or seconds lands in January 1970, without an error',
)

const AS_NUMBER = breakingWith('the microseconds are stored as a plain number, without an error')

const PAIRS: { readonly [pair: string]: Consequence | undefined } = {
  'int > long': noteWith('every int fits'),
  'float > double': noteWith('every float fits'),
  'double > float': breakingWith('numbers lose digits, or go to the error bucket where they are out of range'),
  'long > int': breakingWith('a number beyond 32 bits goes to the error bucket'),
  'int > timestamp': EPOCH,
  'int > timestamptz': EPOCH,
  'long > timestamp': EPOCH,
  'long > timestamptz': EPOCH,
  'timestamp > long': AS_NUMBER,
  'timestamptz > long': AS_NUMBER,
  'timestamp > timestamptz': noteWith('the same microseconds are stored; engines show them with a zone'),
  'timestamptz > timestamp': noteWith('the same microseconds are stored, in UTC; engines show them without a zone'),
  'timestamp > date': breakingWith(
    'a number is read as days: the date is wrong by far, or the record goes to the error bucket',
  ),
  'timestamptz > date': breakingWith(
    'a number is read as days: the date is wrong by far, or the record goes to the error bucket',
  ),
  'string > timestamp': breakingWith('text that is no ISO 8601 date and time goes to the error bucket'),
  'string > timestamptz': breakingWith('text that is no ISO 8601 date and time goes to the error bucket'),
  'string > date': breakingWith('text that is no YYYY-MM-DD goes to the error bucket'),
  'string > time': breakingWith('text that is no time of day goes to the error bucket'),
  'string > uuid': breakingWith('text that is no UUID goes to the error bucket'),
  'string > int': breakingWith('text that is no number goes to the error bucket'),
  'string > long': breakingWith('text that is no number goes to the error bucket'),
  'string > double': breakingWith('text that is no number goes to the error bucket'),
  'string > binary': breakingWith(
    'text is decoded as base64 or hex: other bytes are stored, or the record goes to the error bucket',
  ),
  'binary > string': breakingWith('the base64 text is stored, not the bytes, without an error'),
  'uuid > string': noteWith('its text is stored'),
}

function decimalConsequence(
  declared: { readonly precision: number; readonly scale: number },
  found: string,
): Consequence {
  const [, precision, scale] = /^decimal\((\d+), ?(\d+)\)$/.exec(found) ?? []
  if (precision === undefined) return MISMATCH
  if (Number(scale) < declared.scale) {
    return breakingWith(
      `the table keeps ${scale} digits after the point: AWS does not say whether Firehose rounds further ones or refuses the record`,
    )
  }
  const digits = Number(precision) - Number(scale)
  if (digits >= declared.precision - declared.scale) return noteWith('every declared number fits')
  return breakingWith(`a number of more than ${digits} digits before the point goes to the error bucket`)
}

function breakingWith(consequence: string): Consequence {
  return { severity: 'breaking', consequence }
}

function noteWith(consequence: string): Consequence {
  return { severity: 'note', consequence }
}
