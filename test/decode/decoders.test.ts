import zlib from 'node:zlib'
import * as d from 'firehose-iceberg-router/d'
import { describe, expect, it } from 'vitest'
import { decodeAll, decodeOne, problemsOf } from './support.ts'

const bytes = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const order = { type: 'order', total: 12.5 }
const hasZstd = 'zstdCompressSync' in zlib

describe('gzip, zlib and zstd', () => {
  it('are unpacked, gzip also of several members', async () => {
    const text = JSON.stringify(order)
    const members = Buffer.concat([zlib.gzipSync(text.slice(0, 9)), zlib.gzipSync(text.slice(9))])
    expect(await decodeOne(d.gzip(d.json()), zlib.gzipSync(text))).toEqual(order)
    expect(await decodeOne(d.gzip(d.json()), members)).toEqual(order)
    expect(await decodeOne(d.zlib(d.json()), zlib.deflateSync(text))).toEqual(order)
    expect(await decodeOne(d.gzip(d.gzip(d.json())), zlib.gzipSync(zlib.gzipSync(text)))).toEqual(order)
  })

  it('of zstd: read if Node has it, and otherwise refused when the router is built', async () => {
    if (!hasZstd) {
      expect(problemsOf(d.detect(d.json(), d.zstd(d.json())))).toMatch(
        /decode: this Node \(v20.*\) has no zstd; run on/,
      )
      return
    }
    const { zstdCompressSync } = zlib as unknown as { zstdCompressSync: (data: Buffer) => Buffer }
    const packed = zstdCompressSync(bytes(order))
    expect(await decodeOne(d.zstd(d.json()), packed)).toEqual(order)
    expect(await decodeOne(d.zstd(d.json(), { maxBytes: 5 }), packed)).toBe('PayloadTooLarge')
    expect(await decodeOne(d.zstd(d.json()), packed.subarray(0, -1))).toBe('InvalidCompression')
    expect(await decodeOne(d.zstd(d.json()), Buffer.concat([packed, bytes('rest')]))).toBe('InvalidCompression')
  })

  it.each([
    ['gzip', d.gzip(d.json()), zlib.gzipSync(bytes(order))],
    ['zlib', d.zlib(d.json()), zlib.deflateSync(bytes(order))],
  ])(
    'of %s: a part, bytes after the end, a second stream and a wrong checksum are refused',
    async (_, decode, packed) => {
      const wrongSum = Buffer.from(packed)
      const at = packed.length - 5
      wrongSum[at] = (packed[at] ?? 0) ^ 1
      const payloads = [
        packed.subarray(0, -1),
        packed.subarray(0, 4),
        Buffer.concat([packed, Buffer.from('rest')]),
        Buffer.concat([packed, Buffer.alloc(3)]),
        bytes(order),
      ]
      for (const payload of payloads) expect(await decodeOne(decode, payload)).toBe('InvalidCompression')
      expect(await decodeOne(decode, wrongSum)).toBe('InvalidCompression')
      expect(await decodeOne(d.zlib(d.json()), Buffer.concat([zlib.deflateSync('{}'), zlib.deflateSync('{}')]))).toBe(
        'InvalidCompression',
      )
    },
  )

  it('a bomb fails alone, and takes no more memory than is allowed', async () => {
    // 200 MB of spaces in 200 kB.
    const bomb = zlib.gzipSync(Buffer.alloc(200_000_000, ' '))
    const before = process.memoryUsage().rss
    const results = await decodeAll(d.gzip(d.json()), [zlib.gzipSync(bytes(order)), bomb, zlib.gzipSync(bytes(order))])
    expect(results).toEqual([order, 'PayloadTooLarge', order])
    expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000)
  })

  it('the bound is exact, and can be set', async () => {
    const packed = zlib.gzipSync('{"a":1}')
    expect(await decodeOne(d.gzip(d.json(), { maxBytes: 7 }), packed)).toEqual({ a: 1 })
    expect(await decodeOne(d.gzip(d.json(), { maxBytes: 6 }), packed)).toBe('PayloadTooLarge')
    expect(problemsOf(d.gzip(d.json(), { maxBytes: 0 }))).toMatch(/decode: gzip\.maxBytes: expected a whole number/)
  })
})

describe('text and base64', () => {
  const line = d.text((text) => ({ line: text }))

  it('text is parsed by a function, whose errors fail the record', async () => {
    expect(await decodeOne(line, 'GET /ü 200')).toEqual({ line: 'GET /ü 200' })
    expect(await decodeOne(line, Buffer.from([0xff]))).toBe('InvalidUtf8')
    const throwing = d.text((text): object => {
      throw new TypeError(text)
    })
    expect(await decodeAll(throwing, [bytes('secret')])).toEqual(['DecoderThrew'])
    expect(
      await decodeOne(
        d.text(async () => Promise.reject(new Error('late'))),
        'a',
      ),
    ).toBe('NotAnObject')
    expect(
      await decodeOne(
        d.text((text) => [text]),
        'a',
      ),
    ).toBe('NotAnObject')
    expect(problemsOf(d.text(undefined as never))).toMatch(/decode: text: expected a function, got undefined/)
  })

  it('base64 is decoded as a whole, and inside JSON', async () => {
    const base64 = bytes(order).toString('base64')
    expect(await decodeOne(d.base64(d.json()), `${base64}\n`)).toEqual(order)
    expect(await decodeOne(d.base64(d.json()), `${base64}!`)).toBe('InvalidBase64')
    const inside = d.base64(d.json(), { at: 'data' })
    expect(await decodeOne(inside, bytes({ id: 1, data: base64 }))).toEqual({ id: 1, data: order })
    expect(await decodeOne(inside, bytes({ data: 'e30' }))).toBe('InvalidBase64 at data')
    expect(await decodeOne(inside, bytes({ data: 3 }))).toBe('UnexpectedShape at data')
    expect(await decodeOne(inside, bytes({ data: bytes('{').toString('base64') }))).toBe('InvalidJson at data')
  })
})

describe('envelopes of AWS', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
  const bridge = {
    version: '0',
    id: 'UUID',
    'detail-type': 'order placed',
    source: 'shop',
    account: '111122223333',
    time: '2026-01-02T03:04:05Z',
    region: 'us-east-1',
    resources: [],
    detail: order,
  }
  // https://docs.aws.amazon.com/sns/latest/dg/firehose-message-formats.html
  const notification = {
    Type: 'Notification',
    MessageId: '719a6bbf-f51b-5320-920f-3385b5e9aa56',
    TopicArn: 'arn:aws:sns:us-east-1:333333333333:my-kinesis-test-topic',
    Subject: 'My 1st subject',
    Message: JSON.stringify(order),
    Timestamp: '2020-11-26T23:48:02.032Z',
    UnsubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe',
    MessageAttributes: { myKey1: { Type: 'String', Value: 'myValue1' } },
  }
  // https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
  const message = {
    messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...',
    body: JSON.stringify(order),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1545082649183' },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-2:123456789012:my-queue',
    awsRegion: 'us-east-2',
  }

  it('are read with their payload in place', async () => {
    expect(await decodeOne(d.eventBridge(), bytes(bridge))).toEqual(bridge)
    expect(await decodeOne(d.sns(), bytes(notification))).toEqual({ ...notification, Message: order })
    expect(await decodeOne(d.sqs(), bytes(message))).toEqual({ ...message, body: order })
  })

  it('have an inner decoder: SNS in SQS, compressed', async () => {
    const packed = zlib.gzipSync(bytes(order)).toString('base64')
    const body = JSON.stringify({ ...notification, Message: packed })
    const decode = d.sqs(d.sns(d.base64(d.gzip(d.json<typeof order>()))))
    const event = await decodeOne(decode, bytes({ ...message, body }))
    expect(event).toEqual({ ...message, body: { ...notification, Message: order } })
  })

  it('are refused with the path and the type if they are not one, or if what they hold is invalid', async () => {
    expect(await decodeOne(d.eventBridge(), bytes({ ...bridge, detail: 'text' }))).toBe('UnexpectedShape at detail')
    expect(await decodeOne(d.eventBridge(), bytes({ ...bridge, detail: [] }))).toBe('UnexpectedShape at detail')
    expect(await decodeOne(d.sns(), bytes(order))).toBe('UnexpectedShape at Type')
    expect(await decodeOne(d.sns(), bytes({ ...notification, Message: 'hello' }))).toBe('InvalidJson at Message')
    expect(await decodeOne(d.sqs(d.sns()), bytes({ ...message, body: '{"Type":3}' }))).toBe(
      'UnexpectedShape at body.Type',
    )
    const half = bytes({ ...message })
      .toString()
      .replace('{\\"type', '{\\"\\ud800')
    expect(await decodeOne(d.sqs(), half)).toBe('InvalidUtf8 at body')
  })

  it('an envelope does not hide a number beyond 2^53 from the check of schemas', async () => {
    const body = '{"id":12345678901234567890}'
    expect(await decodeOne(d.sqs(), bytes({ ...message, body }))).toMatchObject({ body: { id: 12345678901234567890n } })
  })

  it('a key __proto__ pollutes nothing', async () => {
    const text = JSON.stringify(notification).replace('{', '{"__proto__":{"polluted":true},')
    const event = await decodeOne(d.sns(d.json()), text)
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype)
    expect((event as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('detect', () => {
  const line = d.text((text) => ({ line: text }))
  const decode = d.detect(d.gzip(d.json()), d.zlib(d.json()), d.json(), line)

  it('chooses by the first bytes; the last decoder may take the rest', async () => {
    expect(await decodeOne(decode, zlib.gzipSync('{"a":1}'))).toEqual({ a: 1 })
    expect(await decodeOne(decode, zlib.deflateSync('{"a":2}'))).toEqual({ a: 2 })
    expect(await decodeOne(decode, ' {"a":3}')).toEqual({ a: 3 })
    expect(await decodeOne(decode, 'hello')).toEqual({ line: 'hello' })
    // No other parser is tried.
    expect(await decodeOne(decode, '{"a":')).toBe('InvalidJson')
    expect(await decodeOne(d.detect(d.gzip(d.json()), d.json()), 'hello')).toBe('UnknownFormat')
  })

  it('is refused with a decoder that would never be used', () => {
    expect(problemsOf(decode)).toBe('')
    expect(problemsOf(d.detect(line, d.json()))).toMatch(/detect: json is never used, because text before it takes/)
    expect(problemsOf(d.detect(d.json(), d.sns()))).toMatch(
      /detect: sns\(json\) is never used, because the decoders before/,
    )
    expect(problemsOf(d.detect(d.gzip(d.json()), d.gzip(d.sns())))).toMatch(/gzip\(sns\(json\)\) is never used/)
  })
})
