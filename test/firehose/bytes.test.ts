import { Buffer } from 'node:buffer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useFreshModules } from '../support/fresh-modules.ts'

const NAMES = ['base64Write', 'base64Slice', 'utf8Slice'] as const

/** What Node has, and a Node without the methods that it does not document. */
describe.each([true, false])('the bytes of a buffer, by undocumented methods: %s', (has) => {
  useFreshModules()
  const own = new Map<string, PropertyDescriptor>()
  beforeEach(() => {
    for (const name of has ? [] : NAMES) {
      const descriptor = Object.getOwnPropertyDescriptor(Buffer.prototype, name)
      if (descriptor === undefined) continue
      own.set(name, descriptor)
      Object.defineProperty(Buffer.prototype, name, { ...descriptor, value: undefined })
    }
  })
  afterEach(() => {
    for (const [name, descriptor] of own) Object.defineProperty(Buffer.prototype, name, descriptor)
    own.clear()
  })

  it('are written and read alike', async () => {
    const { base64Write, base64Slice, utf8Slice } = await import('../../src/firehose/bytes.ts')
    const bytes = Buffer.alloc(8, 'x')
    expect(base64Write.call(bytes, 'w6li', 1)).toBe(3)
    expect(bytes.toString('utf8')).toBe('xébxxxx')
    expect(utf8Slice.call(bytes, 1, 4)).toBe('éb')
    expect(utf8Slice.call(bytes, 2, 4)).toBe('\ufffdb')
    expect(base64Slice.call(bytes, 1, 4)).toBe('w6li')
  })
})
