import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayHoldBigints, parseExactly } from '../../src/firehose/exact.ts'
import { printExactly } from '../../src/table/exact-json.ts'
import { runs } from '../support/runs.ts'

const big = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 0, 1.5, 1e300, -1e-7),
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[[{:," -]\d{16,20}["\\]*$/),
    big,
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', ': 12345678901234567')),
      tie('value'),
    ),
  ),
})).value

/** Converts a value to what a reader without bigints would return. */
function rounded(value: unknown): unknown {
  return JSON.parse(printExactly(value) ?? 'null')
}

describe('parseExactly', () => {
  it.each<[string, unknown]>([
    ['{"n":9007199254740993}', { n: 9007199254740993n }],
    ['{"n":-9223372036854775808}', { n: -9223372036854775808n }],
    ['{"n":9007199254740991}', { n: 9007199254740991 }],
    ['{"n" : 12345678901234567890 }', { n: 12345678901234567890n }],
    ['[9007199254740993]', [9007199254740993n]],
    ['9007199254740993', 9007199254740993n],
    ['{"n":0.12345678901234567890}', { n: 0.12345678901234568 }],
    ['{"n":12345678901234567890.5}', { n: 12345678901234567000 }],
    ['{"n":12345678901234567e3}', { n: 12345678901234567000 }],
    ['{"n":"9007199254740993"}', { n: '9007199254740993' }],
    ['{"a":"x: 9007199254740993","b":"\\\\","c":"\\""}', { a: 'x: 9007199254740993', b: '\\', c: '"' }],
    ['{"a":1,"a":12345678901234567890}', { a: 12345678901234567890n }],
    [
      '{"__proto__":{"x":12345678901234567890}}',
      JSON.parse('{"__proto__":{"x":1}}', (k, v) => (k === 'x' ? 12345678901234567890n : v)),
    ],
    ['{"":{"":[12345678901234567890,[],{}]}}', { '': { '': [12345678901234567890n, [], {}] } }],
  ])('reads %s', (text, expected) => {
    expect(parseExactly(text)).toEqual(expected)
  })

  it('loses nothing of any value, and equals JSON.parse if no number is too long', () => {
    fc.assert(
      fc.property(json, fc.boolean(), (value, indented) => {
        const printed = printExactly(value) ?? 'null'
        const text = indented ? printed.replace(/^/, ' \n\t') : printed
        const read = parseExactly(`[${text}, 12345678901234567890]`) as unknown[]
        expect(printExactly(read[0])).toBe(printed)
        expect(rounded(read[0])).toEqual(JSON.parse(text))
      }),
      { numRuns: runs(5000) },
    )
  })

  it.each(['{', '{"a":12345678901234567890', '[12345678901234567890,]', '{"a":01234567890123456789}', ''])(
    'throws like JSON.parse for %j',
    (text) => {
      expect(() => parseExactly(text)).toThrow(SyntaxError)
    },
  )

  it('neither recurses nor slows down for hostile text', () => {
    const deep = `${'['.repeat(200_000)}12345678901234567890${']'.repeat(200_000)}`
    expect(Array.isArray(parseExactly(deep))).toBe(true)
    const digits = `{"n":${'9'.repeat(1_000_000)},"m":[${'12345678901234567890,'.repeat(40_000)}0]}`
    // Quadratic work on these would take longer than a test may.
    parseExactly(digits)
    parseExactly(`{"a":"${'\\\\'.repeat(400_000)}","b":12345678901234567890}`)
  })

  it('makes a bigint of a number of exactly 1,000 digits, and reads a longer one as JSON.parse does', () => {
    const digits = `1${'0'.repeat(998)}1`
    expect(parseExactly(digits)).toBe(BigInt(digits))
    // The sign counts.
    expect(parseExactly(`[-${digits.slice(0, 999)}]`)).toEqual([-BigInt(digits.slice(0, 999))])
    expect(parseExactly(`[${digits}0]`)).toEqual([Number.POSITIVE_INFINITY])
    expect(parseExactly(`[-${digits}]`)).toEqual([Number.NEGATIVE_INFINITY])
  })

  it('makes a bigint of a number of 16 characters, and none of one that is safe', () => {
    expect(parseExactly('9007199254740992')).toBe(9007199254740992n)
    expect(parseExactly('9007199254740991')).toBe(9007199254740991)
    expect(parseExactly('-9007199254740992')).toBe(-9007199254740992n)
    expect(parseExactly('-900719925474099')).toBe(-900719925474099)
  })

  it('remembers which events it read, and no others', () => {
    const [object, list] = [parseExactly('{"n":1}'), parseExactly('[]')]
    expect([object, list].map(mayHoldBigints)).toEqual([true, true])
    expect([{ n: 1 }, [], null, undefined, 'text', 9007199254740993n].map(mayHoldBigints)).toEqual(Array(6).fill(false))
    expect([parseExactly('null'), parseExactly('"a"')]).toEqual([null, 'a'])
  })
})
