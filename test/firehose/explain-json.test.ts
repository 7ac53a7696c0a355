import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRecord } from '../../src/firehose/decode.ts'
import { findFault, type JsonFault } from '../../src/firehose/explain-json.ts'
import { runs } from '../support/runs.ts'

function failureOf(payload: string | Uint8Array) {
  const data = Buffer.from(payload).toString('base64')
  return decodeRecord({ recordId: '1', approximateArrivalTimestamp: 0, data }).failure
}

describe('invalid JSON is told by kind and place', () => {
  it.each<[JsonFault, string | Uint8Array, number]>([
    ['NaN or undefined', '{"id":"a","score":NaN}', 18],
    ['NaN or undefined', '{"score":-Infinity}', 9],
    ['NaN or undefined', '{"score":undefined}', 9],
    ['NaN or undefined', '{"ok":True}', 6],
    ['single quotes', "{'id':'a'}", 1],
    ['single quotes', `{"id":'a'}`, 6],
    ['cut off', '{"id":"a","text":"lorem ips', 27],
    ['cut off', '{"id":"é', 9],
    ['cut off', '{"id":"a\\u00', 12],
    ['cut off', '[1,2', 4],
    ['cut off', '{"a"', 4],
    ['cut off', '{"a":', 5],
    ['cut off', '{', 1],
    ['UTF-16', Buffer.from('{"id":"a"}', 'utf16le'), 1],
    ['UTF-16', Buffer.from('{"id":"a"}', 'utf16le').swap16(), 0],
    ['control character', '{"id":"a\tb"}', 8],
    ['byte order mark', '\ufeff{"id":"a"}', 0],
    ['other', '{"é":1,}', 8],
    ['other', '{"a":01}', 5],
    ['other', '{"a" 1}', 5],
    ['other', '[1 2]', 3],
    ['other', '{"a":"\\x00 and more"}', 6],
    ['other', '{"a":1 // why\n}', 7],
    ['other', '2026-05-13 a line of a log', 0],
  ])('%s: %s', (fault, payload, at) => {
    expect(failureOf(payload)).toMatchObject({ code: 'InvalidJson', fault })
    expect(failureOf(payload)?.message).toMatch(
      new RegExp(`^expected one JSON object, got invalid JSON at byte ${at}: `),
    )
  })

  it.each<[JsonFault, Uint8Array, string]>([
    ['gzip', gzipSync('{"id":"a"}'), 'expected UTF-8, got gzip data'],
    ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0x80), 'expected UTF-8, got zstd data'],
    ['UTF-16', Buffer.from('\ufeff{"id":"a"}', 'utf16le'), 'expected UTF-8, got UTF-16 data'],
    ['other', Uint8Array.of(0x7b, 0x22, 0xff), 'expected UTF-8, got an invalid byte at byte 2'],
    [
      'other',
      Buffer.concat([Buffer.from('{"é'), Uint8Array.of(0xc3)]),
      'expected UTF-8, got an invalid byte at byte 4',
    ],
  ])('%s in bytes that are not UTF-8', (fault, payload, message) => {
    expect(failureOf(payload)).toEqual({ code: 'InvalidUtf8', fault, message })
  })

  it('says where a second document begins', () => {
    expect(failureOf('{"é":1}\n{"a":2}')?.message).toBe('expected one JSON object, got more text after it at byte 9')
  })

  it('takes hostile text in one pass', () => {
    for (const text of [
      '['.repeat(300_000),
      '{"a":'.repeat(300_000),
      `"${'\\"'.repeat(500_000)}`,
      `${' '.repeat(1e6)}x`,
    ])
      expect(findFault(text).index).toBeLessThanOrEqual(text.length)
  })
})

describe('the place of a fault', () => {
  /** A document, or one with a character removed, doubled or replaced. */
  const texts = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '1', 'e', '-', 'n', ' ', '\t', "'"),
    )
    .map(([text, at, char]) => {
      const index = at % (text.length + 1)
      return text.slice(0, index) + char + text.slice(index + (at % 2))
    })

  it('is where JSON.parse has it, if it says so', () => {
    let compared = 0
    fc.assert(
      fc.property(texts, (text) => {
        const position = v8Position(text)
        if (position === undefined) return
        compared++
        const found = findFault(text)
        // V8 names the end of a number, a word or an escape where this names its beginning.
        expect(found.index).toBeLessThanOrEqual(position)
        expect(/^(?:|[\w.+-]*|\\u?[\da-fA-F]{0,4})$/.test(text.slice(found.index, position)), text).toBe(true)
      }),
      { numRuns: runs(20_000) },
    )
    expect(compared).toBeGreaterThan(runs(20_000) / 20)
  })

  it('is the end if nothing is wrong before it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        expect(findFault(text)).toEqual({ index: text.length, fault: 'cut off' })
        if (!/^[[{"]/.test(text)) return
        const part = text.slice(0, 1 + (at % text.length))
        if (part.length < text.length) expect(findFault(part).fault).toMatch(/cut off|other/)
      }),
      { numRuns: runs(5_000) },
    )
  })
})

/** The position in V8's message; undefined if the text is JSON, or the message has none. */
function v8Position(text: string): number | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    const position = /at position (\d+)/.exec(String(error))?.[1]
    return position === undefined ? undefined : Number(position)
  }
}
