import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { decodeRecord } from '../../src/firehose/decode.ts'
import { hasLongNumber } from '../../src/firehose/long-number.ts'
import { useFreshModules } from '../support/fresh-modules.ts'
import { NO_MEMORY } from '../support/no-memory.ts'
import { runs } from '../support/runs.ts'

/** The scan alone: old bytes in the buffer must not make it miss digits. */
async function createLook(): Promise<(text: string) => boolean> {
  const { mayHaveLongNumber, scratchBuffer } = await import('../../src/firehose/scratch.ts')
  return (text) => mayHaveLongNumber(scratchBuffer(text.length).write(text, 'latin1'))
}

useFreshModules()

const piece = fc.oneof(
  fc.stringMatching(/^\d{0,20}$/),
  fc.stringMatching(/^[0-9:;<=>?]{0,40}$/),
  fc.constantFrom('"', ':', ',', '[', '-', '.', 'e', ' ', '\t', '\n', '\r', 'x', '/', ';'),
)
const strings = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''))

it('the scan misses no 16 digits, wherever they are', async () => {
  const look = await createLook()
  const given = fc.tuple(strings, fc.integer({ min: 0, max: 200 }), fc.stringMatching(/^\d{16,20}$/), strings)
  fc.assert(
    fc.property(given, ([before, padding, digits, after]) => {
      expect(look(`${before}${'x'.repeat(padding)}${digits}${after}`)).toBe(true)
    }),
    { numRuns: runs(5_000) },
  )
})

it('the scan finds nothing if there are too few digits, so that text is seldom scanned twice', async () => {
  const look = await createLook()
  const short = fc.array(fc.stringMatching(/^[0-9a-f]{0,15}$/), { maxLength: 40 }).map((words) => words.join('-'))
  fc.assert(
    fc.property(short, (text) => {
      expect(look(`${text}${'-'.repeat(200)}`)).toBe(false)
    }),
    { numRuns: runs(5_000) },
  )
})

it.each([
  ['with WebAssembly', WebAssembly],
  ['without WebAssembly', undefined],
])('an event keeps its long numbers exactly, %s', async (_, runtime) => {
  vi.stubGlobal('WebAssembly', runtime)
  const { decodeRecord } = await import('../../src/firehose/decode.ts')
  for (let offset = 0; offset < 140; offset++) {
    const text = `{"a":"${'x'.repeat(offset)}","n":9007199254740993,"z":1}`
    const record = { recordId: 'r', approximateArrivalTimestamp: 0, data: Buffer.from(text).toString('base64') }
    expect(decodeRecord(record).event).toMatchObject({ n: 9007199254740993n, z: 1 })
  }
})

it('large records are read even if memory cannot grow', async () => {
  vi.stubGlobal('WebAssembly', NO_MEMORY)
  const { decodeRecord } = await import('../../src/firehose/decode.ts')
  for (const length of [10, 300_000, 10]) {
    const text = `{"a":"${'x'.repeat(length)}","n":9007199254740993}`
    const record = { recordId: 'r', approximateArrivalTimestamp: 0, data: Buffer.from(text).toString('base64') }
    expect(decodeRecord(record).event).toEqual({ a: 'x'.repeat(length), n: 9007199254740993n })
  }
})

it('a string of digits is not a number, and is scanned in linear time', () => {
  // Quadratic work on these would take longer than a test may.
  expect(hasLongNumber(`{"a":"${'1'.repeat(4_000_000)}"}`)).toBe(false)
  expect(hasLongNumber(`{"a":"${'x1234567'.repeat(500_000)}"}`)).toBe(false)
  const data = Buffer.from(`{"a":"${'1'.repeat(4_000_000)}"}`).toString('base64')
  expect(decodeRecord({ recordId: 'r', approximateArrivalTimestamp: 0, data }).failure).toBeUndefined()
})
