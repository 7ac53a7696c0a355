import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, decodedSizeBytes, decodeText, encodeBase64, writeBase64 } from '../../src/firehose/base64.ts'
import { runs } from '../support/runs.ts'

describe('base64', () => {
  it('of a valid length has a known size', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodedSizeBytes(Buffer.from(bytes).toString('base64'))).toBe(bytes.length)
      }),
      { numRuns: runs(1000) },
    )
    expect(['', 'e30=', 'eA==', 'e30x'].map(decodedSizeBytes)).toEqual([0, 2, 1, 3])
    expect(['e', 'e3', 'e30'].map(decodedSizeBytes)).toEqual([undefined, undefined, undefined])
  })

  it.each([
    ['-30=', 'base64url, first'],
    ['_30=', 'base64url, first'],
    ['e-0=', 'base64url'],
    ['e30_', 'base64url, last'],
    ['e30', 'no padding'],
    ['e 0=', 'white space'],
    ['=30e', 'padding in front'],
    ['e\u01330=', 'a wide character whose low byte is a letter'],
  ])('is not %j: %s', (text) => {
    expect(decodeBase64(text)).toBeUndefined()
    expect(writeBase64(text, Buffer.alloc(16))).toBeUndefined()
  })

  it('is written to the beginning of a buffer', () => {
    const into = Buffer.alloc(4, 'x')
    expect(writeBase64('YWI=', into)).toBe(2)
    expect(into.toString('latin1')).toBe('abxx')
  })

  it('of text can be read again, whatever its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const encoded = encodeBase64(text)
        expect(encoded).toBe(Buffer.from(text, 'utf8').toString('base64'))
        expect(decodeText(encoded)).toBe(Buffer.from(text, 'utf8').toString('utf8'))
      }),
      { numRuns: runs(1000) },
    )
  })
})
