import { describe, expect, it } from 'vitest'
import { decodeRecord } from '../../src/firehose/decode.ts'
import { bytesOf, CASES } from './cases.ts'
import { PLACES, putInto } from './places.ts'

/** What JSON.parse says of bytes that have to be UTF-8; a byte order mark is no white space to it. */
function reference(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) }
  } catch {
    return undefined
  }
}

const decode = (bytes: Uint8Array): ReturnType<typeof decodeRecord> =>
  decodeRecord({ recordId: '1', approximateArrivalTimestamp: 0, data: Buffer.from(bytes).toString('base64') })

type Keyed = { readonly [key: string]: unknown }

/** Tells whether two values are the same but for bigints, which JSON.parse rounds; the first may be nested deeply. */
function isSame(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === 'bigint') return Number(ours) === theirs
  if (typeof ours !== 'object' || ours === null) return Object.is(ours, theirs)
  if (typeof theirs !== 'object' || theirs === null || Array.isArray(ours) !== Array.isArray(theirs)) return false
  const keys = Object.keys(ours)
  if (String(keys) !== String(Object.keys(theirs))) return false
  return keys.every((key) => isSame((ours as Keyed)[key], (theirs as Keyed)[key]))
}

/** The decoder takes objects that JSON.parse takes, and nothing else. */
function expectSame(bytes: Uint8Array): void {
  const expected = reference(bytes)
  const { event, failure } = decode(bytes)
  const isObject = typeof expected?.value === 'object' && expected.value !== null && !Array.isArray(expected.value)
  if (isObject) expect(isSame(event, expected.value)).toBe(true)
  else if (expected !== undefined) expect(failure?.code).toBe('NotAnObject')
  else expect(failure?.code).toMatch(/^(InvalidUtf8|EmptyRecord|InvalidJson|MultipleDocuments)$/)
}

describe('the cases', () => {
  it('are many, each with a name of its own', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(250)
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length)
  })

  it.each(['accept', 'refuse'] as const)('that readers %s are as they say', (expected) => {
    const wrong = CASES.filter(
      (one) => one.expect === expected && (reference(bytesOf(one)) !== undefined) !== (expected === 'accept'),
    )
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  it('are read by the plain engine as JSON.parse reads them', () => {
    for (const one of CASES) expectSame(bytesOf(one))
  })

  it.each(PLACES.map((place) => [place.name, place] as const))('are read so as %s', (_, place) => {
    for (const one of CASES) expectSame(putInto(place, bytesOf(one)))
    expect(reference(putInto(place, Buffer.from('1')))).toBeDefined()
  })
})
