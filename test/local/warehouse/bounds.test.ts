import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  boundsOf,
  compareValues,
  doubleBytes,
  intBytes,
  longBytes,
  textBytes,
} from '../../../src/local/warehouse/bounds.ts'
import type { LeafValue } from '../../../src/local/warehouse/types.ts'
import { runs } from '../../support/runs.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  // The corners: long runs of the last code points before the surrogates and of all.
  fc
    .array(fc.constantFrom('\u{10ffff}', '\ud7ff', '\ue000', '\uffff', '😀', 'a'), { maxLength: 24 })
    .map((parts) => parts.join('')),
)

const textBounds = (values: readonly (LeafValue | null)[]) => boundsOf(values, textBytes)

describe('single values as bytes', () => {
  test.each([
    [intBytes(-2), 'feffffff'],
    [longBytes(-2n), 'feffffffffffffff'],
    [longBytes(9223372036854775807n), 'ffffffffffffff7f'],
    [doubleBytes(1.5), '000000000000f83f'],
    [textBytes('é'), 'c3a9'],
  ])('%#', (bytes, hex) => {
    expect(bytes.toString('hex')).toBe(hex)
  })
})

describe('bounds of numbers', () => {
  test('negative values sort below positive ones', () => {
    const bounds = boundsOf([3n, null, -5n, 2n], longBytes)
    expect([bounds?.lower.readBigInt64LE(), bounds?.upper?.readBigInt64LE()]).toEqual([-5n, 3n])
  })

  test('a bound at zero covers both zeros', () => {
    const bounds = boundsOf([0, -0], doubleBytes)
    expect(Object.is(bounds?.lower.readDoubleLE(), -0)).toBe(true)
    expect(Object.is(bounds?.upper?.readDoubleLE(), 0)).toBe(true)
  })

  test('a column of null has none', () => {
    expect(boundsOf([null, null], longBytes)).toBeUndefined()
    expect(boundsOf([], longBytes)).toBeUndefined()
  })
})

describe('bounds of text', () => {
  test.each<[string, string, string | undefined]>([
    ['short', 'short', 'short'],
    ['exactly 16 chars', 'exactly 16 chars', 'exactly 16 chars'],
    ['a text that is longer', 'a text that is l', 'a text that is m'],
    [`${'a'.repeat(15)}\u{10ffff}b`, `${'a'.repeat(15)}\u{10ffff}`, `${'a'.repeat(14)}b`],
    [`${'a'.repeat(15)}\ud7ffb`, `${'a'.repeat(15)}\ud7ff`, `${'a'.repeat(15)}\ue000`],
    ['😀'.repeat(17), '😀'.repeat(16), `${'😀'.repeat(15)}😁`],
    ['\u{10ffff}'.repeat(17), '\u{10ffff}'.repeat(16), undefined],
  ])('%j', (value, lower, upper) => {
    const bounds = textBounds([value])
    expect([bounds?.lower.toString(), bounds?.upper?.toString()]).toEqual([lower, upper])
  })

  test('enclose every value in the order of UTF-8 bytes, in 16 characters at most', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (values) => {
        const { lower, upper } = textBounds(values) ?? {}
        for (const value of values) {
          if (lower !== undefined) expect(Buffer.compare(lower, Buffer.from(value))).toBeLessThanOrEqual(0)
          if (upper !== undefined) expect(Buffer.compare(Buffer.from(value), upper)).toBeLessThanOrEqual(0)
        }
        expect([...(lower?.toString() ?? '')].length).toBeLessThanOrEqual(16)
        expect([...(upper?.toString() ?? '')].length).toBeLessThanOrEqual(16)
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('are ordered as UTF-8 is', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareValues(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
      { numRuns: runs(10_000) },
    )
  })
})
