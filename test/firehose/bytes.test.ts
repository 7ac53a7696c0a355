import { Buffer } from 'node:buffer'
import { describe, expect, it, vi } from 'vitest'
import { useFreshModules } from '../support/fresh-modules.ts'

describe.each([
  ['with the methods that Node does not document', Buffer],
  ['without them', { prototype: {} }],
])('the bytes of a buffer, %s', (_, given) => {
  useFreshModules()

  it('are written and read alike', async () => {
    vi.stubGlobal('Buffer', given)
    const { base64Write, base64Slice, utf8Slice } = await import('../../src/firehose/bytes.ts')
    vi.unstubAllGlobals()
    const bytes = Buffer.alloc(8, 'x')
    expect(base64Write.call(bytes, 'w6li', 1)).toBe(3)
    expect(bytes.toString('utf8')).toBe('xébxxxx')
    expect(utf8Slice.call(bytes, 1, 4)).toBe('éb')
    expect(utf8Slice.call(bytes, 2, 4)).toBe('\ufffdb')
    expect(base64Slice.call(bytes, 1, 4)).toBe('w6li')
  })
})
