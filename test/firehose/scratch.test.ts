import { Buffer } from 'node:buffer'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useFreshModules } from '../support/fresh-modules.ts'

// The module reads up to 128 bytes behind a payload, so a payload must never end nearer than that to the memory's end.

let scratch: typeof import('../../src/firehose/scratch.ts')

/** What the two scans read of a payload of this size. */
function scan(sizeBytes: number, fill: string): { readonly long: boolean; readonly escapes: number | undefined } {
  const bytes = scratch.scratchBuffer(sizeBytes).fill(fill, 0, sizeBytes)
  expect(bytes.length).toBeGreaterThanOrEqual(sizeBytes + 128)
  return { long: scratch.mayHaveLongNumber(sizeBytes), escapes: scratch.countEscapes(sizeBytes) }
}

describe('a payload that ends near the end of the memory', () => {
  useFreshModules()
  // Its memory is as small as in a new process.
  beforeEach(async () => {
    scratch = await import('../../src/firehose/scratch.ts')
  })

  it('is scanned to its last byte, wherever it ends', () => {
    expect(scratch.hasByteScanner()).toBe(true)
    for (let round = 0; round < 3; round++) {
      const end = scratch.scratchBuffer(0).length
      for (let sizeBytes = end - 300; sizeBytes <= end; sizeBytes++) {
        // A digit makes the first scan read as far as it ever does.
        expect(scan(sizeBytes, '3x').long).toBe(false)
        const { escapes } = scan(sizeBytes, '"')
        expect(escapes).toBe(sizeBytes)
      }
    }
  })

  it('makes the buffer grow exactly when there is no room for what the scans read', () => {
    const before = scratch.scratchBuffer(0)
    const { length } = before
    // Compared without `toBe`, which reads a buffer that is gone.
    expect(scratch.scratchBuffer(length - 128) === before).toBe(true)
    const after = scratch.scratchBuffer(length - 127)
    expect(after === before).toBe(false)
    // Twice as much, so that slowly growing records do not make it grow each time.
    expect(after.length).toBeGreaterThanOrEqual((length - 127) * 2 + 128)
    expect(after.length).toBeLessThan((length - 127) * 2 + 128 + 65_536)
    expect(scratch.scratchBuffer(0) === after).toBe(true)
  })

  it('has as much room without WebAssembly, and is scanned by other means', () => {
    vi.stubGlobal('WebAssembly', undefined)
    for (let sizeBytes = 0; sizeBytes < 1000; sizeBytes += 7) {
      expect(scratch.scratchBuffer(sizeBytes).length).toBeGreaterThanOrEqual(sizeBytes + 128)
    }
    expect(scratch.hasByteScanner()).toBe(false)
    expect([scratch.mayHaveLongNumber(10), scratch.countEscapes(10)]).toEqual([true, undefined])
  })

  it('finds 16 digits at the very end', () => {
    for (let sizeBytes = 16; sizeBytes < 200; sizeBytes++) {
      const bytes = scratch.scratchBuffer(sizeBytes).fill('x', 0, sizeBytes + 128)
      bytes.write('1234567890123456', sizeBytes - 16, 'latin1')
      expect(scratch.mayHaveLongNumber(sizeBytes)).toBe(true)
    }
  })

  it('counts what JSON escapes in text of three bytes a character', () => {
    const text = '本"\\\n\u001f '.repeat(10_000)
    const sizeBytes = scratch.writeText(text)
    expect(sizeBytes).toBe(Buffer.byteLength(text))
    expect(scratch.countEscapes(sizeBytes)).toBe(40_000)
  })
})
