import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { baseOf } from './base.ts'
import { createMutator, KINDS, type Mutant } from './mutate.ts'

const folder = 'examples/ses/events'
const wanted = ['eventType', 'mail.messageId', 'mail.timestamp', 'mail.headers', 'mail.tags'].map((path) =>
  path.split('.'),
)
const bases = readdirSync(folder).map((name) => baseOf(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')), wanted))
const hostile = baseOf({ 'é"\\': ['', '😀', { a: null, b: [1.5, true] }], '': {}, type: 'A' }, [['type']])

function many(count: number): Mutant[] {
  const next = createMutator(1, [...bases, hostile])
  return Array.from({ length: count }, next)
}

const mutants = many(60_000)
const documents = mutants.map(({ kind, bytes }) => ({ kind, bytes, text: bytes.toString('utf8') }))
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

it('a base knows the places of its parts', () => {
  const { bytes, values, strings, gaps, objects, wanted: read } = hostile
  const slice = ({ start, end }: { start: number; end: number }): string => bytes.toString('utf8', start, end)
  expect(values.every((span) => isJson(slice(span)))).toBe(true)
  expect(strings.every((span) => isJson(`"${slice(span)}"`))).toBe(true)
  for (const gap of gaps)
    expect(isJson(`${slice({ start: 0, end: gap })} ${slice({ start: gap, end: bytes.length })}`)).toBe(true)
  expect(
    objects
      .flat()
      .every((member) => isJson(`{${slice(member)}}`) && isJson(slice({ start: member.start, end: member.keyEnd }))),
  ).toBe(true)
  expect(read.map(slice)).toEqual(['"A"'])
})

describe('the mutator', () => {
  it('makes the same documents from the same seed', () => {
    const again = many(500)
    expect(again.every(({ bytes }, index) => bytes.equals(mutants[index]?.bytes ?? Buffer.alloc(0)))).toBe(true)
  })

  it('uses every kind of mutation, and makes valid and invalid documents', () => {
    for (const kind of KINDS) expect(mutants.filter((mutant) => mutant.kind === kind).length).toBeGreaterThan(1000)
    const valid = documents.filter(({ bytes, text }) => isUtf8(bytes) && isJson(text)).length / documents.length
    expect(valid).toBeGreaterThan(0.3)
    expect(valid).toBeLessThan(0.8)
  })

  it.each<[string, number, (mutant: Mutant & { readonly text: string }) => boolean]>([
    ['invalid UTF-8', 2000, ({ bytes }) => !isUtf8(bytes)],
    ['a byte order mark in front', 500, ({ text }) => text.startsWith('\ufeff')],
    ['NUL', 300, ({ text }) => text.includes('\u0000')],
    ['a lone surrogate', 500, ({ text }) => /\\ud8[0-9a-f]{2}(?!\\ud[c-f])/i.test(text)],
    ['a bad escape', 500, ({ text }) => /[^\\](\\\\)*\\[^"\\/bfnrtu]/.test(text)],
    ['depth over 60', 100, ({ text }) => /([[{]("a":|1,)?){60}/.test(text)],
    ['depth over 1,000', 10, ({ text }) => text.includes('['.repeat(1000)) || text.includes('{"a":'.repeat(1000))],
    ['a number beyond 2^53', 150, ({ text }) => /:-?\d{17}/.test(text)],
    ['an exponent', 300, ({ text }) => /\d[eE][+-]?\d/.test(text)],
    ['an escaped key', 500, ({ text }) => /[{,]\s*"[^"]*\\u00[0-9a-f]{2}[^"]*":/i.test(text)],
    ['two event types', 300, ({ text }) => text.split('"eventType"').length > 2],
    ['no event type', 100, ({ kind, text }) => kind === 'missing' && !text.includes('"eventType"')],
    ['null instead of a string', 50, ({ text }) => text.includes('"eventType":null')],
    ['white space before a colon', 500, ({ text }) => /"\s+:/.test(text)],
    ['two documents', 300, ({ text }) => /\}\s*\{"eventType/.test(text)],
    ['nothing at all', 2, ({ bytes }) => bytes.length === 0],
    ['keys in another order', 50, ({ kind, text }) => kind === 'reorder' && /^\{"(mail|send|open)"/.test(text)],
  ])('makes documents with %s', (_, least, has) => {
    expect(documents.filter(has).length).toBeGreaterThanOrEqual(least)
  })

  it('makes records of every length from 0 to 300', () => {
    const lengths = new Set(mutants.map(({ bytes }) => bytes.length))
    expect(Array.from({ length: 301 }, (_, length) => length).filter((length) => !lengths.has(length))).toEqual([])
  })

  it('moves what routes read to every place in 64 bytes', () => {
    const places = documents.map(({ text }) => text.indexOf('"messageId":') % 64)
    expect(new Set(places.filter((place) => place >= 0)).size).toBe(64)
  })

  it('is fast enough to make a million', () => {
    const next = createMutator(2, bases)
    const start = process.cpuUsage()
    for (let left = 20_000; left > 0; left--) next()
    const { user, system } = process.cpuUsage(start)
    // 50,000 a second on a quiet machine; other tests run beside this one.
    expect(20_000 / ((user + system) / 1e6)).toBeGreaterThan(20_000)
  })
})
