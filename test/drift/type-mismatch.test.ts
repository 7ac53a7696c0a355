import { describe, expect, it } from 'vitest'
import { toIcebergField } from '../../src/artefacts/iceberg.ts'
import { primitiveConsequence } from '../../src/drift/type-mismatch.ts'
import { readerOf } from '../../src/local/warehouse/read.ts'
import type { Column, LeafType } from '../../src/table/column.ts'
import { RowIssue } from '../../src/table/row-issue.ts'
import { binary, fixed } from '../../src/table/types/binary.ts'
import { boolean } from '../../src/table/types/boolean.ts'
import { date } from '../../src/table/types/date.ts'
import { decimal } from '../../src/table/types/decimal.ts'
import { double } from '../../src/table/types/double.ts'
import { float } from '../../src/table/types/float.ts'
import { int } from '../../src/table/types/int.ts'
import { json } from '../../src/table/types/json.ts'
import { long } from '../../src/table/types/long.ts'
import { string } from '../../src/table/types/string.ts'
import { time } from '../../src/table/types/time.ts'
import { timestamp, timestamptz } from '../../src/table/types/timestamp.ts'
import { uuid } from '../../src/table/types/uuid.ts'

const AT = '2026-01-31T09:30:00.250Z'

/** Every way to write a value, with typical values and values at its limits. */
const WRITTEN: readonly (readonly [string, Column, ...unknown[]])[] = [
  ['boolean', boolean(), true, false],
  ['int', int(), 0, 7, 20_000, 2 ** 31 - 1, -(2 ** 31)],
  ['long', long(), 7, 1_769_851_800, 2n ** 63n - 1n, -(2n ** 63n)],
  ['float', float(), 7, 0.5, 1e38],
  ['double', double(), 7, 0.1, 1e21, 1e300],
  ['decimal(5, 2)', decimal(5, 2), '12.50', '-999.99'],
  ['decimal(9, 0)', decimal(9, 0), '7', '999999999'],
  ['decimal(38, 0)', decimal(38, 0), '7', '9'.repeat(38)],
  ['date', date(), '2026-01-31', '0001-01-01'],
  ['time', time(), '00:00:01', '18:56:15.096'],
  ['time, iso', time({ as: 'iso' }), '00:00:01', '18:56:15.096'],
  ['timestamp', timestamp(), AT],
  ['timestamp, iso', timestamp({ as: 'iso' }), AT],
  ['timestamptz', timestamptz(), AT],
  ['timestamptz, iso', timestamptz({ as: 'iso' }), AT],
  ['uuid', uuid(), '123e4567-e89b-12d3-a456-426614174000'],
  ['string', string(), 'text', '7', '1.5', 'true', '2026-01-31', '18:56:15', AT],
  ['json', json(), { a: 1 }, 7, true],
  ['binary', binary(), Uint8Array.of(1, 2, 3), Uint8Array.of(0xd7, 0x6d, 0xf8)],
  ['binary, hex', binary({ as: 'hex' }), Uint8Array.of(0x12), Uint8Array.of(0xab)],
  ['fixed', fixed(2), Uint8Array.of(1, 2)],
]

/** Every type that a column may have, without fixed, which AWS does not document. */
const COLUMNS: readonly Column[] = [
  ...[boolean(), int(), long(), float(), double(), decimal(4, 1), decimal(10, 0), decimal(38, 10), date(), time()],
  ...[timestamp(), timestamptz(), uuid(), string(), binary()],
]

function leafOf({ type }: Column): LeafType {
  if (type.name === 'list' || type.name === 'map' || type.name === 'struct') throw new TypeError('a nested type')
  return type
}

function nameOf(column: Column): string {
  return String(toIcebergField({ id: 1, name: 'c', column, children: [] }).type)
}

/** Whether the local Firehose, which accepts only the documented forms, stores a value. */
function isStored(declared: Column, value: unknown, actual: Column): boolean {
  const text = declared.type.encode(value, { from: 'value', unknownFields: 'refuse' })
  if (typeof text !== 'string') throw new TypeError(text.message)
  return !(readerOf(actual.type)(parse(text)) instanceof RowIssue)
}

/** No digit is lost, as in the local Firehose. */
function parse(text: string): unknown {
  return /^-?\d{16,}$/.test(text) ? BigInt(text) : JSON.parse(text)
}

const MISMATCHES = WRITTEN.flatMap(([name, declared, ...values]) => {
  return COLUMNS.filter((actual) => nameOf(actual) !== nameOf(declared)).map((actual) => ({
    name: `${name} > ${nameOf(actual)}`,
    ...primitiveConsequence(leafOf(declared), nameOf(actual)),
    stored: values.map((value) => isStored(declared, value, actual)),
  }))
})

describe('a consequence', () => {
  it('is a note only if every value is stored', () => {
    const notes = MISMATCHES.filter(({ severity }) => severity === 'note')
    expect(notes.filter(({ stored }) => stored.includes(false))).toEqual([])
    expect(notes.length).toBeGreaterThan(20)
  })

  it('is that every record goes to the error bucket only if no value is stored', () => {
    const isBucket = ({ consequence }: { readonly consequence: string }): boolean => {
      return /^[^:,]*(?:, and [^:]*)?: (?:the record goes to|expect every record in) the error bucket$/.test(
        consequence,
      )
    }
    const refused = MISMATCHES.filter(isBucket)
    expect(refused.filter(({ stored }) => stored.includes(true))).toEqual([])
    expect(refused.length).toBeGreaterThan(80)
  })

  it('mentions refused records if no value is stored', () => {
    const refused = MISMATCHES.filter(({ stored }) => !stored.includes(true))
    expect(refused.filter(({ consequence }) => !/error bucket|refuses the record/.test(consequence))).toEqual([])
  })
})

describe('the consequence of', () => {
  it.each([
    [int(), 'date', 'breaking', /days since 1970: .* another day, without an error/],
    [long(), 'date', 'breaking', /another day, without an error/],
    [double(), 'date', 'breaking', /another day, without an error/],
    [int(), 'time', 'breaking', /microseconds of the day: .* another time, without an error/],
    [long(), 'time', 'breaking', /another time, without an error/],
    [int(), 'timestamp', 'breaking', /January 1970, without an error/],
    [double(), 'timestamptz', 'breaking', /January 1970, without an error/],
    [int(), 'double', 'note', /every int fits/],
    [int(), 'float', 'breaking', /beyond 2\^24 loses digits/],
    [int(), 'decimal(12,2)', 'note', /every int fits/],
    [int(), 'decimal(10, 2)', 'breaking', /more than 8 digits before the point goes to the error bucket/],
    [int(), 'boolean', 'breaking', /1 and 0 are stored as true and false/],
    [int(), 'string', 'breaking', /requires the type/],
    [long(), 'double', 'breaking', /beyond 2\^53 loses digits/],
    [long(), 'decimal(19, 0)', 'note', /every long fits/],
    [long(), 'string', 'breaking', /a number goes to the error bucket, a number beyond 2\^53 is stored as a string/],
    [double(), 'long', 'breaking', /a whole number is stored/],
    [double(), 'decimal(38, 10)', 'breaking', /AWS does not say whether Firehose rounds/],
    [string(), 'boolean', 'breaking', /other than true and false/],
    [string(), 'float', 'breaking', /a string that is not a number goes to the error bucket/],
    [string(), 'decimal(10, 2)', 'breaking', /a string that is not a number goes to the error bucket/],
    [json(), 'bigint', 'breaking', /a string that is not a number goes to the error bucket/],
    [date(), 'string', 'note', /its string is stored/],
    [date(), 'bigint', 'breaking', /its string is not a number/],
    [date(), 'timestamp', 'breaking', /requires the type/],
    [uuid(), 'binary', 'breaking', /other bytes are stored/],
    [decimal(10, 2), 'string', 'note', /its string is stored/],
    [decimal(10, 2), 'double', 'breaking', /nearest binary fraction is stored/],
    [decimal(15, 0), 'double', 'note', /every declared number fits/],
    [decimal(16, 0), 'double', 'breaking', /more than 15 digits loses some/],
    [decimal(9, 0), 'int', 'note', /every declared number fits/],
    [decimal(19, 0), 'bigint', 'breaking', /beyond 64 bits goes to the error bucket/],
    [decimal(10, 2), 'long', 'breaking', /has a point/],
    [time(), 'long', 'breaking', /microseconds are stored as a plain number, without an error/],
    [time(), 'double', 'breaking', /microseconds are stored as a plain number, without an error/],
    [time(), 'int', 'breaking', /until 00:35/],
    [time(), 'timestamp', 'breaking', /every time lands on 1 January 1970/],
    [time({ as: 'iso' }), 'long', 'breaking', /its string is not a number/],
    [time({ as: 'iso' }), 'string', 'note', /its string is stored/],
    [timestamp(), 'long', 'breaking', /microseconds are stored as a plain number/],
    [timestamp(), 'decimal(10,2)', 'breaking', /more than 8 digits/],
    [timestamp(), 'decimal(18,2)', 'breaking', /microseconds are stored as a plain number/],
    [timestamp(), 'date', 'breaking', /a number is read as days/],
    [timestamp(), 'string', 'breaking', /requires the type/],
    [timestamp({ as: 'iso' }), 'long', 'breaking', /its string is not a number: the record goes to the error bucket/],
    [timestamp({ as: 'iso' }), 'date', 'breaking', /no string with a time of day/],
    [timestamp({ as: 'iso' }), 'string', 'note', /its string is stored/],
    [timestamp({ as: 'iso' }), 'timestamptz', 'note', /strings without a zone/],
    [timestamptz({ as: 'iso' }), 'bigint', 'breaking', /its string is not a number/],
    [timestamptz({ as: 'iso' }), 'date', 'breaking', /no string with a time of day/],
    [timestamptz({ as: 'iso' }), 'timestamp', 'note', /ends in Z/],
    [binary({ as: 'hex' }), 'string', 'breaking', /the hex string is stored/],
    [fixed(2), 'string', 'breaking', /the base64 string is stored/],
    [fixed(2), 'binary', 'note', /bytes of any length fit/],
    [fixed(2), 'fixed[4]', 'breaking', /requires the type/],
    [int(), 'constructor', 'breaking', /requires the type/],
  ] as const)('%#: what is written, into %s', (declared, actual, severity, consequence) => {
    expect(primitiveConsequence(leafOf(declared), actual)).toEqual({
      severity,
      consequence: expect.stringMatching(consequence),
    })
  })
})
