import type { PrimitiveType, TimeType } from '../table/column.ts'
import { AS_BYTES, breakingWith, type Consequence, NOT_ALWAYS_NUMBER, noteWith, TEXT_STORED } from './severity.ts'

/** What the encoder writes for a column: its type, and for times whether they are written as strings. */
export type Writing = Exclude<PrimitiveType['name'], 'json'> | TimeType['name'] | `${TimeType['name']} as string`

/** What happens to one kind of value, by the type of the column. A type that is not listed is a mismatch. */
export type ConsequenceByType = { readonly [actual: string]: Consequence }

const EPOCH = breakingWith(
  'a number is read as microseconds: an epoch in milliseconds or seconds lands in January 1970, without an error',
)

const AS_NUMBER = breakingWith('the microseconds are stored as a plain number, without an error')

const AS_INEXACT_NUMBER = breakingWith(
  'the microseconds are stored as a plain number that has lost digits, without an error',
)

const AS_TRUTH = breakingWith(
  '1 and 0 are stored as true and false, without an error; AWS shows no other number there: expect the error bucket',
)

const AS_DAYS = breakingWith(
  'a number is read as days since 1970: a number that counts anything else is stored as another day, without an error',
)

const AS_TIME_OF_DAY = breakingWith(
  'a number is read as microseconds of the day: a number that counts anything else is stored as another time, without an error, or goes to the error bucket if it is beyond a day',
)

const MICROS_AS_DAYS = breakingWith(
  'a number is read as days: the date is wrong by far, or the record goes to the error bucket',
)

const MICROS_AS_TIME_OF_DAY = breakingWith(
  'a number is read as microseconds of the day: the time is wrong, or the record goes to the error bucket',
)

const IN_1970 = breakingWith(
  'the microseconds of the day are read as microseconds since 1970: every time lands on 1 January 1970, without an error',
)

const BEYOND_FLOAT = breakingWith('a number beyond 2^24 loses digits, without an error')

const NOT_ALWAYS_WHOLE = breakingWith(
  'a whole number is stored if it is in range; AWS shows no number with a fraction there: expect the error bucket',
)

const NO_ISO = breakingWith('a string that is not an ISO 8601 date and time goes to the error bucket')

const NO_DATE_ALONE = breakingWith(
  'AWS shows dates only, and no string with a time of day: the record goes to the error bucket',
)

const SAME_MICROS_WITH_ZONE = noteWith('the same microseconds are stored; engines show them with a zone')

const SAME_MICROS_IN_UTC = noteWith('the same microseconds are stored, in UTC; engines show them without a zone')

const NO_NUMBER = breakingWith('its string is not a number: the record goes to the error bucket')

/** What happens to any number in columns of other types. */
const ANY_NUMBER: ConsequenceByType = {
  boolean: AS_TRUTH,
  date: AS_DAYS,
  time: AS_TIME_OF_DAY,
  timestamp: EPOCH,
  timestamptz: EPOCH,
}

const FRACTIONS: ConsequenceByType = {
  ...ANY_NUMBER,
  int: NOT_ALWAYS_WHOLE,
  long: NOT_ALWAYS_WHOLE,
  decimal: breakingWith('AWS does not say whether Firehose rounds digits that do not fit or refuses the record'),
}

const MICROS: ConsequenceByType = {
  long: AS_NUMBER,
  float: AS_INEXACT_NUMBER,
  double: AS_NUMBER,
  decimal: AS_NUMBER,
  date: MICROS_AS_DAYS,
}

/** Strings that never look like a number, a uuid or true and false. */
const TEXT: ConsequenceByType = {
  int: NO_NUMBER,
  long: NO_NUMBER,
  float: NO_NUMBER,
  double: NO_NUMBER,
  decimal: NO_NUMBER,
  string: TEXT_STORED,
  binary: AS_BYTES,
}

/** What happens to every kind of value in columns of other types. */
export const MISMATCH_TABLE: { readonly [writing in Writing]: ConsequenceByType } = {
  boolean: {},
  int: {
    ...ANY_NUMBER,
    long: noteWith('every int fits'),
    float: BEYOND_FLOAT,
    double: noteWith('every int fits'),
    decimal: noteWith('every int fits'),
  },
  long: {
    ...ANY_NUMBER,
    int: breakingWith('a number beyond 32 bits goes to the error bucket'),
    float: BEYOND_FLOAT,
    double: breakingWith('a number beyond 2^53 loses digits, without an error'),
    decimal: noteWith('every long fits'),
    // A number beyond 2^53 is written as a string.
    string: breakingWith(
      'Firehose requires the type of a value to match its column: a number goes to the error bucket, a number beyond 2^53 is stored as a string',
    ),
    binary: breakingWith(
      'a number goes to the error bucket; a number beyond 2^53 is decoded as base64 or hex, so that other bytes are stored',
    ),
  },
  float: { ...FRACTIONS, double: noteWith('every float fits') },
  double: {
    ...FRACTIONS,
    float: breakingWith('numbers lose digits, or go to the error bucket if they are out of range'),
  },
  date: TEXT,
  uuid: TEXT,
  string: {
    boolean: breakingWith('a string other than true and false goes to the error bucket'),
    int: NOT_ALWAYS_NUMBER,
    long: NOT_ALWAYS_NUMBER,
    float: NOT_ALWAYS_NUMBER,
    double: NOT_ALWAYS_NUMBER,
    decimal: NOT_ALWAYS_NUMBER,
    date: breakingWith('a string that is not YYYY-MM-DD goes to the error bucket'),
    time: breakingWith('a string that is not a time of day goes to the error bucket'),
    timestamp: NO_ISO,
    timestamptz: NO_ISO,
    uuid: breakingWith('a string that is not a UUID goes to the error bucket'),
    binary: AS_BYTES,
  },
  time: {
    ...MICROS,
    int: breakingWith(
      'until 00:35 the microseconds are stored as a plain number, without an error; later ones, beyond 32 bits, go to the error bucket',
    ),
    timestamp: IN_1970,
    timestamptz: IN_1970,
  },
  'time as string': TEXT,
  timestamp: { ...MICROS, time: MICROS_AS_TIME_OF_DAY, timestamptz: SAME_MICROS_WITH_ZONE },
  'timestamp as string': {
    ...TEXT,
    date: NO_DATE_ALONE,
    timestamptz: noteWith(
      'AWS shows strings without a zone there too, and does not say which zone Firehose assumes: UTC, most likely',
    ),
  },
  timestamptz: { ...MICROS, time: MICROS_AS_TIME_OF_DAY, timestamp: SAME_MICROS_IN_UTC },
  'timestamptz as string': {
    ...TEXT,
    date: NO_DATE_ALONE,
    timestamp: noteWith('the string ends in Z, and its time is stored, in UTC; engines show it without a zone'),
  },
}
