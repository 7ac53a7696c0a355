import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeRecord } from '../../src/firehose/decode.ts'
import { hasLongNumber } from '../../src/firehose/long-number.ts'

/** What is looked for, in words of its own. */
const LONG_NUMBER = /(?:^|[ \t\n\r:,[-])\d{16}/

function look(text: string): boolean {
  // Filled to the end with digits: what was there before must not count.
  const bytes = Buffer.alloc(Math.ceil(text.length / 4) * 4 + 64, '7')
  const sizeBytes = bytes.write(text, 'latin1')
  return hasLongNumber(bytes, new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2), sizeBytes)
}

const piece = fc.oneof(
  fc.stringMatching(/^\d{0,20}$/),
  fc.stringMatching(/^[0-9:;<=>?]{0,40}$/),
  fc.constantFrom('"', ':', ',', '[', '-', '.', 'e', ' ', '\t', '\n', '\r', 'x', '/', ';'),
)

it('finds what a pattern finds, wherever it stands', () => {
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(text, (given) => {
      expect(look(given)).toBe(LONG_NUMBER.test(given))
    }),
    { numRuns: 20_000 },
  )
})

it('so an event has its long numbers exactly', () => {
  for (let offset = 0; offset < 40; offset++) {
    const text = `{"a":"${'x'.repeat(offset)}","n":9007199254740993,"z":1}`
    const record = { recordId: 'r', approximateArrivalTimestamp: 0, data: Buffer.from(text).toString('base64') }
    expect(decodeRecord(record).event).toMatchObject({ n: 9007199254740993n, z: 1 })
  }
})

it('reads each digit once', () => {
  const startedAt = performance.now()
  look(`"${'1'.repeat(4_000_000)}`)
  look(`"${'1234:'.repeat(1_000_000)}`)
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})
