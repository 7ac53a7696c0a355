import { describe, expect, test } from 'vitest'
import { readerOf } from '../../../src/local/warehouse/read.ts'
import type { StoredValue } from '../../../src/local/warehouse/types.ts'
import { RowIssue } from '../../../src/table/row-issue.ts'
import { boolean } from '../../../src/table/types/boolean.ts'
import { date } from '../../../src/table/types/date.ts'
import { double } from '../../../src/table/types/double.ts'
import { int } from '../../../src/table/types/int.ts'
import { json as jsonColumn } from '../../../src/table/types/json.ts'
import { long } from '../../../src/table/types/long.ts'
import { string } from '../../../src/table/types/string.ts'
import { timestamp, timestamptz } from '../../../src/table/types/timestamp.ts'

const COLUMNS = {
  boolean: boolean(),
  int: int(),
  long: long(),
  double: double(),
  date: date(),
  timestamp: timestamp(),
  timestamptz: timestamptz(),
  string: string(),
  json: jsonColumn(),
}
type TypeName = keyof typeof COLUMNS

const MAX_LONG = '9223372036854775807'
const MIN_LONG = '-9223372036854775808'

/** The forms that AWS documents. https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-data-types.html */
const ACCEPTED: readonly (readonly [TypeName, unknown, StoredValue])[] = [
  ['boolean', true, true],
  ['boolean', 'true', true],
  ['boolean', 1, true],
  ['boolean', false, false],
  ['boolean', 'false', false],
  ['boolean', 0, false],
  ['int', 7, 7],
  ['int', '7', 7],
  ['int', -0, 0],
  ['int', 2147483647, 2147483647],
  ['int', '-2147483648', -2147483648],
  ['long', 8, 8n],
  ['long', '8', 8n],
  ['long', Number.MAX_SAFE_INTEGER, 9007199254740991n],
  ['long', MAX_LONG, 9223372036854775807n],
  ['long', MIN_LONG, -9223372036854775808n],
  ['double', 1.5, 1.5],
  ['double', '1.5', 1.5],
  ['double', '-2e-3', -0.002],
  ['double', 7, 7],
  ['date', 19970, 19970],
  ['date', '2024-09-04', 19970],
  ['date', '1970-01-01', 0],
  ['date', '1969-12-31', -1],
  ['date', '2024-02-29', 19782],
  ['date', '0001-01-01', -719162],
  ['date', '9999-12-31', 2932896],
  ['timestamp', 1725476175114000, 1725476175114000n],
  ['timestamp', -1, -1n],
  ['timestamp', '2024-09-04T18:56:15.099', 1725476175099000n],
  ['timestamp', '2024-09-04T18:56:15.099Z', 1725476175099000n],
  ['timestamp', '2024-09-04T11:56:15.099-07:00', 1725476175099000n],
  ['timestamp', '2024-09-05 03:56:15.099001+0900', 1725476175099001n],
  ['timestamp', '2024-09-04T18:56:15.1', 1725476175100000n],
  ['timestamp', '2024-09-04T18:56:15.0990000000', 1725476175099000n],
  ['timestamp', '2024-09-04T18:56', 1725476160000000n],
  ['timestamp', '1969-12-31T23:59:59.999999Z', -1n],
  ['timestamp', '1600-01-01T00:00:00.000001', -11676095999999999n],
  ['timestamp', '9999-12-31T23:59:59.999999', 253402300799999999n],
  ['timestamptz', 1725476175099000, 1725476175099000n],
  ['timestamptz', '2024-09-04T18:56:15.099Z', 1725476175099000n],
  ['timestamptz', '2024-09-04T18:56:15.099', 1725476175099000n],
  ['string', 'text', 'text'],
  ['string', '', ''],
  ['string', 'é😀', 'é😀'],
  ['string', 'half \ud83d a pair', 'half \ufffd a pair'],
  ['string', { a: [1, null] }, '{"a":[1,null]}'],
  ['string', [], '[]'],
  ['json', '{"a": 1}', '{"a": 1}'],
  ['json', { a: 1e300 }, '{"a":1e+300}'],
]

const REFUSED: readonly (readonly [TypeName, unknown, RegExp])[] = [
  ['boolean', 'TRUE', /expected true, false/],
  ['boolean', 2, /got a number/],
  ['boolean', {}, /got an object/],
  ['int', 7.5, /whole number/],
  ['int', '7.0', /whole number/],
  ['int', 2147483648, /32 bits/],
  ['int', '', /whole number/],
  ['int', true, /got a boolean/],
  ['long', 9007199254740992, /not exact/],
  ['long', '9223372036854775808', /64 bits/],
  ['long', `${MAX_LONG}00`, /whole number/],
  ['long', ' 8', /whole number/],
  ['double', 'NaN', /a number or its text/],
  ['double', '', /a number or its text/],
  ['double', '0x10', /a number or its text/],
  ['double', '1e999', /64 bits/],
  ['double', Number.POSITIVE_INFINITY, /64 bits/],
  ['date', '2024-02-30', /day of the calendar/],
  ['date', '2024-9-4', /a date like/],
  ['date', '2024-09-04T00:00:00Z', /a date like/],
  ['date', 19970.5, /whole number/],
  ['date', 1725476175099, /32 bits/],
  ['timestamp', '1725476175099000', /ISO 8601/],
  ['timestamp', '2024-09-04', /ISO 8601/],
  ['timestamp', '2024-02-30T00:00:00Z', /day of the calendar/],
  ['timestamp', '2024-09-04T24:00:00Z', /time of day up to 23:59:59/],
  ['timestamp', '2024-09-04T18:56:15.1234567Z', /at most 6 digits/],
  ['timestamp', 1.5, /whole number/],
  ['timestamp', 1e17, /not exact/],
  ['timestamptz', true, /got a boolean/],
  ['string', 7, /got a number/],
  ['string', true, /got a boolean/],
]

describe('a value in a form that Firehose takes', () => {
  test.each(ACCEPTED)('%s takes %j', (type, json, stored) => {
    expect(readerOf(COLUMNS[type].type)(json)).toEqual(stored)
  })
})

describe('a value in any other form', () => {
  test.each(REFUSED)('%s refuses %j', (type, json, message) => {
    const refusal = readerOf(COLUMNS[type].type)(json)
    expect(refusal).toBeInstanceOf(RowIssue)
    expect((refusal as RowIssue).message).toMatch(message)
  })
})
