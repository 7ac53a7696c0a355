import { Buffer, isUtf8 as isUtf8OfNode } from 'node:buffer'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isReadBack, isUtf8 } from '../../src/firehose/buffer.ts'

/** UTF-8, sometimes cut, changed or followed by other bytes. */
const bytes = fc
  .tuple(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 4 }), fc.nat({ max: 40 }))
  .map(([text, more, cut]) => Buffer.concat([Buffer.from(text, 'utf8').subarray(0, cut), more]))

it('bytes are UTF-8 if Node says so, even without the check of Node', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      expect([isUtf8(value), isReadBack(value)]).toEqual([isUtf8OfNode(value), isUtf8OfNode(value)])
    }),
  )
})

it.each([
  ['nothing', [], true],
  ['the replacement character', [0xef, 0xbf, 0xbd], true],
  ['a byte order mark', [0xef, 0xbb, 0xbf], true],
  ['a lone surrogate', [0xed, 0xa0, 0x80], false],
  ['a character in more bytes than it needs', [0xc0, 0xaf], false],
  ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], false],
  ['a character that is cut off', [0xe2, 0x82], false],
])('%s', (_, list, expected) => {
  const value = Buffer.from(list as number[])
  expect([isUtf8(value), isReadBack(value)]).toEqual([expected, expected])
})
