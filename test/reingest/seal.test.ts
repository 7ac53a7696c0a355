import { describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../src/firehose/decode.ts'
import { readEnvelope, sealEnvelope } from '../../src/reingest/fanout/seal.ts'
import { testSigner } from '../support/stream.ts'

const KEY = '~firehose-iceberg-router'
const open = (bytes: Uint8Array): JsonObject => JSON.parse(new TextDecoder().decode(bytes)) as JsonObject
const content = { version: 1, head: '{"a":1}', body: '{}' }

describe('an envelope', () => {
  it('is one key with a version and two strings, and a signature if there is a signer', () => {
    expect(open(sealEnvelope({ a: 1 }, '{}', undefined))).toEqual({ [KEY]: content })
    const signature = testSigner.sign(JSON.stringify([KEY, 1, content.head, content.body]))
    expect(open(sealEnvelope({ a: 1 }, '{}', testSigner))).toEqual({ [KEY]: { ...content, signature } })
  })

  it('can be read again, signed or not', () => {
    const expected = { head: '{"a":1}', body: 'é"' }
    expect(readEnvelope(open(sealEnvelope({ a: 1 }, 'é"', undefined)), undefined)).toEqual(expected)
    expect(readEnvelope(open(sealEnvelope({ a: 1 }, 'é"', testSigner)), testSigner)).toEqual(expected)
    // A router without a signer reads what another one has signed.
    expect(readEnvelope(open(sealEnvelope({ a: 1 }, 'é"', testSigner)), undefined)).toEqual(expected)
  })

  it.each<[string, unknown]>([
    ['null', null],
    ['text', 'x'],
    ['nothing', undefined],
    ['an older version', { ...content, version: 0 }],
    ['a version as text', { ...content, version: '1' }],
    ['a head that is no string', { ...content, head: {} }],
    ['a body that is no string', { ...content, body: {} }],
    ['a list', []],
  ])('is invalid: %s', (_, inner) => {
    expect(readEnvelope({ [KEY]: inner }, undefined)).toBe('EnvelopeInvalid')
  })

  it.each([[undefined], [null], [5], ['wrong'], ['']])('with the signature %j is forged', (signature) => {
    expect(readEnvelope({ [KEY]: { ...content, signature } }, testSigner)).toBe('EnvelopeForged')
  })

  it('without a signature is not given to the signer', () => {
    const verify = vi.fn(() => true)
    expect(readEnvelope({ [KEY]: content }, { ...testSigner, verify })).toBe('EnvelopeForged')
    expect(verify).not.toHaveBeenCalled()
  })

  it('is not made with a signature that is not a string', () => {
    const sign = () => 5 as never
    expect(() => sealEnvelope({}, '{}', { ...testSigner, sign })).toThrow('expected the signer to return a string')
  })
})
