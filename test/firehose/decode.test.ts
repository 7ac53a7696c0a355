import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '../../src/firehose/base64.ts'
import { decodeRecord } from '../../src/firehose/decode.ts'
import { runs } from '../support/runs.ts'

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
const record = (data: string): Parameters<typeof decodeRecord>[0] => {
  return { recordId: '1', approximateArrivalTimestamp: 0, data }
}

describe('decodeRecord', () => {
  it.each([
    ['an object', '{"a":1}'],
    ['the newline that SES appends', '{"a":1}\n'],
    ['white space around', ' \r\n\t{"a":1} '],
    ['any Unicode', '{"a":"\u{1F600}é\\u0000"}'],
  ])('reads %s', (_, text) => {
    expect(decodeRecord(record(base64(text))).event).toEqual(JSON.parse(text))
  })

  it.each([
    ['EmptyRecord', ''],
    ['EmptyRecord', ' \n'],
    ['InvalidJson', '{"a":'],
    ['InvalidJson', 'hello'],
    ['InvalidJson', '{"a":1}}'.slice(0, 5)],
    ['InvalidJson', '"\\"'],
    ['InvalidJson', '\uFEFF{"a":1}'],
    ['MultipleDocuments', '{"a":1}{"a":2}'],
    ['MultipleDocuments', '{"a":"}{"}\n{"a":2}'],
    ['MultipleDocuments', '[1] [2]'],
    ['MultipleDocuments', '{"a":1},'],
    ['NotAnObject', '[{"a":1}]'],
    ['NotAnObject', '42'],
    ['NotAnObject', 'null'],
    ['NotAnObject', '"text"'],
  ])('answers %s for %j', (code, text) => {
    expect(decodeRecord(record(base64(text))).failure?.code).toBe(code)
  })

  it.each(['{"a":1}', 'e30', 'e30=\n', 'e30-', 'e_30', '-30=', '_30=', '====', 'e3=0', 'é30=', 'e30\u0100'])(
    'reports %j as invalid base64',
    (data) => {
      expect(decodeRecord(record(data)).failure?.code).toBe('InvalidBase64')
    },
  )

  it('reports invalid UTF-8 instead of replacing it', () => {
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')])
    expect(decodeRecord(record(bytes.toString('base64'))).failure?.code).toBe('InvalidUtf8')
  })

  it('reports a record without a payload', () => {
    const empty = { recordId: '1', approximateArrivalTimestamp: 0 } as ReturnType<typeof record>
    expect(decodeRecord(empty).failure?.code).toBe('MissingData')
  })

  it('never quotes the payload', () => {
    const { failure } = decodeRecord(record(base64('{"secret": hunter2}')))
    expect(JSON.stringify(failure)).not.toContain('hunter2')
  })

  it('finds the end of hostile text in one pass', () => {
    const text = `{"a":"${'\\"'.repeat(500_000)}`
    expect(decodeRecord(record(base64(text))).failure?.code).toBe('InvalidJson')
    expect(decodeRecord(record(base64('['.repeat(100_000)))).failure?.code).toBe('InvalidJson')
  })
})

describe('decodeBase64', () => {
  it('decodes what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes))
      }),
      { numRuns: runs(1000) },
    )
  })
})
