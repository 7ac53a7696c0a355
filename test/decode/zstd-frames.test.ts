import { describe, expect, it } from 'vitest'
import { isWholeZstd } from '../../src/decode/zstd-frames.ts'

/** What `node:zlib` of Node 24 writes. */
const FRAMES = {
  'a frame without checksum': '28b52ffd20073900007b2261223a317d',
  'a frame with a checksum': '28b52ffd24073900007b2261223a317d488bfc32',
  'blocks that repeat one byte': '28b52ffda4e09304005400001061610100fbff39c00202001061039f04618d5f04a6',
  'a stream, without the size of its content': '28b52ffd00582800007b2261223a110000317d',
  'a frame to skip': '502a4d1803000000616263',
} as const

const frames = Object.entries(FRAMES).map(([name, hex]) => [name, Buffer.from(hex, 'hex')] as const)

describe('isWholeZstd', () => {
  it.each(frames)('accepts %s, refuses each part of it, and more bytes after it', (_, frame) => {
    expect(isWholeZstd(frame)).toBe(true)
    for (let end = 0; end < frame.length; end++) expect(isWholeZstd(frame.subarray(0, end))).toBe(false)
    expect(isWholeZstd(Buffer.concat([frame, Buffer.from('x')]))).toBe(false)
    expect(isWholeZstd(Buffer.concat([frame, Buffer.alloc(8)]))).toBe(false)
  })

  it('accepts several frames after each other, at any place in memory', () => {
    const all = Buffer.concat([Buffer.from('xyz'), ...frames.map(([, frame]) => frame)])
    expect(isWholeZstd(all.subarray(3))).toBe(true)
    expect(isWholeZstd(all.subarray(3, -1))).toBe(false)
  })
})
