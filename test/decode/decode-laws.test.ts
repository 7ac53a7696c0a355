import zlib from 'node:zlib'
import fc from 'fast-check'
import * as d from 'firehose-iceberg-router/d'
import { describe, expect, it } from 'vitest'
import { exactNumber } from '../../src/decode/exact-number.ts'
import { parseExactly } from '../../src/firehose/exact.ts'
import { printExactly } from '../../src/table/exact-json.ts'
import { runs } from '../support/runs.ts'
import { decodeAll, decodeOne } from './support.ts'

/** A JSON object as the core reads it: whole numbers beyond 2^53 are bigints. */
const object = fc
  .dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue())
  .map((value): object => parseExactly(JSON.stringify(value)) as object)

const text = (value: object): Buffer => Buffer.from(printExactly(value) ?? '')
const sqs = { messageId: 'a', attributes: {}, eventSource: 'aws:sqs', eventSourceARN: 'arn' }
const sns = { Type: 'Notification', MessageId: 'a', TopicArn: 'arn', Timestamp: '2026-01-02T03:04:05.000Z' }

/** A format: how it is written, and the decoder that gives the object back. */
const formats = [
  ['json', d.json(), text],
  ['gzip', d.gzip(d.json()), (value: object) => zlib.gzipSync(text(value))],
  ['zlib', d.zlib(d.json()), (value: object) => zlib.deflateSync(text(value))],
  ['base64', d.base64(d.json()), (value: object) => Buffer.from(text(value).toString('base64'))],
  ['text', d.text((line): object => parseExactly(line) as object), text],
  ['detect', d.detect(d.gzip(d.json()), d.json()), (value: object) => zlib.gzipSync(text(value))],
] as const

const envelopes = [
  ['sns', d.sns(), 'Message', (value: object) => text({ ...sns, Message: printExactly(value) })],
  ['sqs', d.sqs(), 'body', (value: object) => text({ ...sqs, body: printExactly(value) })],
] as const

/** Formats that notice every changed byte. */
const checked = formats.filter(([name]) => name === 'gzip' || name === 'zlib' || name === 'detect')

describe('every format', () => {
  it.each(formats)('gives back what was written: %s', async (_, decode, encode) => {
    await fc.assert(
      fc.asyncProperty(object, async (value) => {
        expect(await decodeOne(decode, encode(value))).toEqual(value)
      }),
      { numRuns: runs(2000) },
    )
  })

  it.each(envelopes)('gives back what was written into an envelope: %s', async (_, decode, key, encode) => {
    await fc.assert(
      fc.asyncProperty(object, async (value) => {
        expect(await decodeOne(decode, encode(value))).toMatchObject({ [key]: value })
      }),
      { numRuns: runs(2000) },
    )
  })

  it.each(formats)('that is damaged fails alone, with a code: %s', async (_, decode, encode) => {
    const damage = fc.record({
      at: fc.nat(),
      bit: fc.nat(7),
      end: fc.option(fc.nat()),
      more: fc.uint8Array({ maxLength: 5 }),
    })
    await fc.assert(
      fc.asyncProperty(object, object, damage, async (value, neighbour, { at, bit, end, more }) => {
        const bytes = Buffer.from(encode(value))
        const index = at % bytes.length
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit)
        const damaged = Buffer.concat([bytes.subarray(0, end === null ? undefined : end % bytes.length), more])
        const [first, second, third] = await decodeAll(decode, [encode(neighbour), damaged, encode(neighbour)])
        expect([first, third]).toEqual([neighbour, neighbour])
        expect(second).toBeDefined()
      }),
      { numRuns: runs(4000) },
    )
  })

  it.each(checked)('with a checksum is refused or decoded equal after any change: %s', async (_, decode, encode) => {
    await fc.assert(
      fc.asyncProperty(object, fc.nat(), fc.nat(7), fc.uint8Array({ maxLength: 5 }), async (value, at, bit, more) => {
        const whole = encode(value)
        const index = at % whole.length
        const flipped = Buffer.from(whole)
        flipped[index] = (flipped[index] ?? 0) ^ (1 << bit)
        const payloads = [flipped, whole.subarray(0, index), Buffer.concat([whole, more])]
        for (const result of await decodeAll(decode, payloads)) {
          if (typeof result !== 'string') expect(result).toEqual(value)
        }
      }),
      { numRuns: runs(4000) },
    )
  })

  it('never throws, whatever the bytes are', async () => {
    const all = [
      ...formats.map(([, decode]) => decode),
      ...envelopes.map(([, decode]) => decode),
      d.dynamoDb(),
      d.eventBridge(),
    ]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1 }), async (payloads) => {
        for (const decode of all) {
          expect(await decodeAll(decode as d.Decoder<object>, payloads)).toHaveLength(payloads.length)
        }
      }),
      { numRuns: runs(2000) },
    )
  })
})

it('a number of DynamoDB has the value of its text', () => {
  const whole = fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n })
  fc.assert(
    fc.property(whole, fc.nat(20), (digits, places) => {
      const value = exactNumber(`${digits}e-${places}`)
      if (typeof value === 'string') {
        expect(value).toBe(`${digits}e-${places}`)
        return
      }
      // Number → text is exact enough to compare: the shortest text of a double, scaled, has to be the same digits.
      if (typeof value === 'bigint') {
        expect(value * 10n ** BigInt(places)).toBe(digits)
        return
      }
      const [mantissa = '', exponent = '0'] = Object.is(value, -0) ? ['0'] : String(value).split('e')
      const [integer = '', fraction = ''] = mantissa.split('.')
      const shift = BigInt(places + Number(exponent) - fraction.length)
      expect(shift >= 0n ? BigInt(integer + fraction) * 10n ** shift : BigInt(integer + fraction)).toBe(
        shift >= 0n ? digits : digits * 10n ** -shift,
      )
    }),
    { numRuns: runs(20_000) },
  )
})
