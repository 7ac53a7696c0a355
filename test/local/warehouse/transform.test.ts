import { Buffer } from 'node:buffer'
import {
  binary,
  bucket,
  type Column,
  date,
  day,
  decimal,
  fixed,
  hour,
  int,
  long,
  month,
  type PartitionField,
  string,
  time,
  timestamp,
  timestamptz,
  truncate,
  uuid,
  year,
} from 'firehose-iceberg-router'
import { describe, expect, test } from 'vitest'
import { murmur3 } from '../../../src/local/warehouse/murmur3.ts'
import { transformOf } from '../../../src/local/warehouse/transform.ts'
import type { LeafValue } from '../../../src/local/warehouse/types.ts'
import type { LeafType } from '../../../src/table/column.ts'

const micros = (iso: string): bigint => BigInt(Date.parse(iso)) * 1000n
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

function transform(field: PartitionField, column: Column, value: LeafValue): LeafValue {
  return transformOf(field, column.type as LeafType)(value)
}

/** As many buckets as there are hashes of 31 bits, so that the bucket is the hash without its sign. */
const hashOf = (column: Column, value: LeafValue): LeafValue => transform(bucket(2 ** 31 - 1, 'c'), column, value)

describe('the hash of a value', () => {
  // https://iceberg.apache.org/spec/#appendix-b-32-bit-hash-requirements
  test.each<[string, Column, LeafValue, number]>([
    ['int 34', int(), 34, 2017239379],
    ['long 34', long(), 34n, 2017239379],
    ['decimal 14.20', decimal(9, 2), 1420n, -500754589],
    ['date 2017-11-16', date(), 17486, -653330422],
    ['time 22:31:08', time(), 81_068_000_000n, -662762989],
    ['timestamp 2017-11-16T22:31:08', timestamp(), micros('2017-11-16T22:31:08Z'), -2047944441],
    ['timestamptz 2017-11-16T14:31:08-08:00', timestamptz(), micros('2017-11-16T14:31:08-08:00'), -2047944441],
    ['string iceberg', string(), 'iceberg', 1210000089],
    ['uuid', uuid(), 'f79c3e09-677c-4bbd-a479-3f349cb785e7', 1488055340],
    ['fixed 00 01 02 03', fixed(4), bytes('00010203'), -188683207],
    ['binary 00 01 02 03', binary(), bytes('00010203'), -188683207],
  ])('%s', (_, column, value, hash) => {
    expect(hashOf(column, value)).toBe((hash & 0x7fffffff) % (2 ** 31 - 1))
  })

  test.each([
    ['', 0],
    ['a', 1009084850],
    ['ab', -1681926305],
    ['abc', -1277324294],
    ['abcd', 1139631978],
  ])('of %j, whatever its length is modulo four', (text, hash) => {
    expect(murmur3(Buffer.from(text))).toBe(hash)
  })
})

describe('a transform', () => {
  test.each<[string, PartitionField, Column, LeafValue, LeafValue]>([
    ['the bucket of 34 in 16', bucket(16, 'c'), int(), 34, 3],
    ['1 cut to tens', truncate(10, 'c'), int(), 1, 0],
    ['-1 cut to tens', truncate(10, 'c'), int(), -1, -10],
    ['-1 cut to tens, of 64 bits', truncate(10, 'c'), long(), -1n, -10n],
    ['10.65 cut to fifties of its last digit', truncate(50, 'c'), decimal(9, 2), 1065n, 1050n],
    ['-0.05 cut likewise', truncate(50, 'c'), decimal(9, 2), -5n, -50n],
    ['text cut to three', truncate(3, 'c'), string(), 'iceberg', 'ice'],
    ['short text', truncate(30, 'c'), string(), 'ice', 'ice'],
    ['text cut by characters, not by halves of them', truncate(2, 'c'), string(), '😀😁😂', '😀😁'],
    ['bytes cut to three', truncate(3, 'c'), binary(), bytes('0102030405'), bytes('010203')],
    ['the year of a date', year('c'), date(), 17486, 47],
    ['the year before 1970', year('c'), date(), -1, -1],
    ['the month of a date', month('c'), date(), 17486, 574],
    ['the month before 1970', month('c'), date(), -1, -1],
    ['the day of a date', day('c'), date(), 17486, 17486],
    ['the year of a timestamp', year('c'), timestamp(), micros('2017-11-16T22:31:08Z'), 47],
    ['the month of a timestamp', month('c'), timestamp(), micros('2017-12-01T00:00:00Z'), 575],
    ['the day of a timestamp', day('c'), timestamptz(), micros('2017-11-16T22:31:08Z'), 17486],
    ['the day of the last microsecond before 1970', day('c'), timestamp(), -1n, -1],
    ['the hour of a timestamp', hour('c'), timestamp(), micros('2017-11-16T22:31:08Z'), 419686],
    ['the hour of the last microsecond before 1970', hour('c'), timestamp(), -1n, -1],
  ])('%s', (_, field, column, value, expected) => {
    expect(transform(field, column, value)).toEqual(expected)
  })
})
