import { defineTable, s, select, t } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { decodeRecord } from '../../src/firehose/decode.ts'
import { bytesOf, CASES } from './cases.ts'
import { bothEngines, expectAgreement } from './engines.ts'
import { PLACES, putInto } from './places.ts'

/** Checks bytes with JSON.parse, strictly as UTF-8; it does not accept a byte order mark as white space. */
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

/** Checks whether two values are the same except for bigints, which JSON.parse rounds; without recursion, as some are deep. */
function isSame(ours: unknown, theirs: unknown): boolean {
  const pairs: [unknown, unknown][] = [[ours, theirs]]
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [one, other] = pair
    if (!isObject(one) || !isObject(other)) {
      if (!Object.is(typeof one === 'bigint' ? Number(one) : one, other)) return false
      continue
    }
    const keys = Object.keys(one)
    if (Array.isArray(one) !== Array.isArray(other) || String(keys) !== String(Object.keys(other))) return false
    for (const key of keys) pairs.push([one[key], other[key]])
  }
  return true
}

function isObject(value: unknown): value is Keyed {
  return typeof value === 'object' && value !== null
}

/** Checks that the decoder accepts the objects that JSON.parse accepts, and nothing else. */
function expectSame(bytes: Uint8Array): void {
  const expected = reference(bytes)
  const { event, failure } = decode(bytes)
  const isObject = typeof expected?.value === 'object' && expected.value !== null && !Array.isArray(expected.value)
  if (isObject) expect(isSame(event, expected.value)).toBe(true)
  else if (expected !== undefined) expect(failure?.code).toBe('NotAnObject')
  else expect(failure?.code).toMatch(/^(InvalidUtf8|EmptyRecord|InvalidJson|MultipleDocuments)$/)
}

describe('the cases', () => {
  it('are many, and each has its own name', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(250)
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length)
  })

  it.each(['accept', 'refuse'] as const)('that readers %s are what they claim', (expected) => {
    const wrong = CASES.filter(
      (one) => one.expect === expected && (reference(bytesOf(one)) !== undefined) !== (expected === 'accept'),
    )
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  it('are read by the plain engine like by JSON.parse', () => {
    for (const one of CASES) expectSame(bytesOf(one))
  })

  it.each(PLACES.map((place) => [place.name, place] as const))('are read in the same way as %s', (_, place) => {
    for (const one of CASES) expectSame(putInto(place, bytesOf(one)))
    expect(reference(putInto(place, Buffer.from('1')))).toBeDefined()
  })

  it('get the same answers from both engines of select, in every place', async () => {
    const engines = bothEngines([{ matcher: { eventType: 'Send' }, route: { table, transform: select(selection) } }])
    const places = CASES.flatMap((one) => PLACES.map((place) => putInto(place, bytesOf(one))))
    await expectAgreement(engines, [...CASES.map(bytesOf), ...places])
    expect(engines.taken()).toBeGreaterThan(1000)
  })
})

const table = defineTable({
  name: 'cases',
  columns: {
    id: t.nullable(t.string()),
    at: t.nullable(t.timestamp()),
    count: t.nullable(t.long()),
    ratio: t.nullable(t.double()),
    tags: t.nullable(t.json()),
    sender: t.nullable(t.string()),
  },
})

/** The router whose events have the places. */
const selection = {
  id: 'mail.messageId',
  at: 'mail.timestamp',
  count: 'mail.count',
  ratio: 'mail.ratio',
  tags: 'mail.tags',
  sender: s.element('mail.headers', { key: 'name', equals: 'From', take: 'value' }),
} as const
