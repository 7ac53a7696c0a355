import { Buffer } from 'node:buffer'
import { type Column, t } from 'firehose-iceberg-router'
import { describe, expect, test } from 'vitest'
import { murmur3 } from '../../../src/local/warehouse/murmur3.ts'
import { transformOf } from '../../../src/local/warehouse/partition-transform.ts'
import type { LeafValue } from '../../../src/local/warehouse/types.ts'
import type { LeafType } from '../../../src/table/column.ts'

const micros = (iso: string): bigint => BigInt(Date.parse(iso)) * 1000n
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

function transform(field: t.PartitionField, column: Column, value: LeafValue): LeafValue {
  return transformOf(field, column.type as LeafType)(value)
}

/** As many buckets as there are hashes of 31 bits, so that the bucket is the hash without its sign. */
const hashOf = (column: Column, value: LeafValue): LeafValue => transform(t.bucket(2 ** 31 - 1, 'c'), column, value)

describe('the hash of a value', () => {
  // https://iceberg.apache.org/spec/#appendix-b-32-bit-hash-requirements
  test.each<[string, Column, LeafValue, number]>([
    ['int 34', t.int(), 34, 2017239379],
    ['long 34', t.long(), 34n, 2017239379],
    ['decimal 14.20', t.decimal(9, 2), 1420n, -500754589],
    ['date 2017-11-16', t.date(), 17486, -653330422],
    ['time 22:31:08', t.time(), 81_068_000_000n, -662762989],
    ['timestamp 2017-11-16T22:31:08', t.timestamp(), micros('2017-11-16T22:31:08Z'), -2047944441],
    ['timestamptz 2017-11-16T14:31:08-08:00', t.timestamptz(), micros('2017-11-16T14:31:08-08:00'), -2047944441],
    ['string iceberg', t.string(), 'iceberg', 1210000089],
    ['uuid', t.uuid(), 'f79c3e09-677c-4bbd-a479-3f349cb785e7', 1488055340],
    ['fixed 00 01 02 03', t.fixed(4), bytes('00010203'), -188683207],
    ['binary 00 01 02 03', t.binary(), bytes('00010203'), -188683207],
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
  test.each<[string, t.PartitionField, Column, LeafValue, LeafValue]>([
    ['the bucket of 34 in 16', t.bucket(16, 'c'), t.int(), 34, 3],
    ['1 cut to tens', t.truncate(10, 'c'), t.int(), 1, 0],
    ['-1 cut to tens', t.truncate(10, 'c'), t.int(), -1, -10],
    ['-1 cut to tens, of 64 bits', t.truncate(10, 'c'), t.long(), -1n, -10n],
    ['10.65 cut to fifties of its last digit', t.truncate(50, 'c'), t.decimal(9, 2), 1065n, 1050n],
    ['-0.05 cut likewise', t.truncate(50, 'c'), t.decimal(9, 2), -5n, -50n],
    ['text cut to three', t.truncate(3, 'c'), t.string(), 'iceberg', 'ice'],
    ['short text', t.truncate(30, 'c'), t.string(), 'ice', 'ice'],
    ['text cut by characters, not by halves of them', t.truncate(2, 'c'), t.string(), '😀😁😂', '😀😁'],
    ['bytes cut to three', t.truncate(3, 'c'), t.binary(), bytes('0102030405'), bytes('010203')],
    ['the year of a date', t.year('c'), t.date(), 17486, 47],
    ['the year before 1970', t.year('c'), t.date(), -1, -1],
    ['the month of a date', t.month('c'), t.date(), 17486, 574],
    ['the month before 1970', t.month('c'), t.date(), -1, -1],
    ['the day of a date', t.day('c'), t.date(), 17486, 17486],
    ['the year of a timestamp', t.year('c'), t.timestamp(), micros('2017-11-16T22:31:08Z'), 47],
    ['the month of a timestamp', t.month('c'), t.timestamp(), micros('2017-12-01T00:00:00Z'), 575],
    ['the day of a timestamp', t.day('c'), t.timestamptz(), micros('2017-11-16T22:31:08Z'), 17486],
    ['the day of the last microsecond before 1970', t.day('c'), t.timestamp(), -1n, -1],
    ['the hour of a timestamp', t.hour('c'), t.timestamp(), micros('2017-11-16T22:31:08Z'), 419686],
    ['the hour of the last microsecond before 1970', t.hour('c'), t.timestamp(), -1n, -1],
  ])('%s', (_, field, column, value, expected) => {
    expect(transform(field, column, value)).toEqual(expected)
  })
})
