import { Buffer, isUtf8 as isUtf8OfNode } from 'node:buffer'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isReadBack, isUtf8 } from '../../src/firehose/buffer.ts'

/** Texts, some of them cut, changed or followed by anything. */
const bytes = fc
  .tuple(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 4 }), fc.nat({ max: 40 }))
  .map(([text, more, cut]) => Buffer.concat([Buffer.from(text, 'utf8').subarray(0, cut), more]))

it('bytes are UTF-8 where Node says so, also on a Node that cannot be asked', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      expect([isUtf8(value), isReadBack(value)]).toEqual([isUtf8OfNode(value), isUtf8OfNode(value)])
    }),
  )
})

it.each([
  ['nothing', [], true],
  ['the character that stands for what is none', [0xef, 0xbf, 0xbd], true],
  ['a byte order mark', [0xef, 0xbb, 0xbf], true],
  ['half of a surrogate pair', [0xed, 0xa0, 0x80], false],
  ['a character in more bytes than it needs', [0xc0, 0xaf], false],
  ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], false],
  ['a character that is cut', [0xe2, 0x82], false],
])('%s', (_, list, expected) => {
  const value = Buffer.from(list as number[])
  expect([isUtf8(value), isReadBack(value)]).toEqual([expected, expected])
})
