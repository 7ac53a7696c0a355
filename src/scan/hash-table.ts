import type { Buffer } from '../firehose/buffer.ts'
import { quote } from '../table/quote.ts'
import { type Image, placeText, placeWords } from './image.ts'
import { PROGRAM_AT } from './layout.ts'

const HEAD = 4
const FIRST = 2
const ENTRY = 8
const NEXT = 3

/** No text has that length. */
const NEVER = 0xffff_ffff

/**
 * Lays out texts and the addresses that they lead to, so that the scanner finds one in a look or two: `assembly/table.ts`.
 * Each has the next one as the one that is likely to come after it, until the scanner knows better.
 */
export function placeTable<Value>(
  image: Image,
  entries: ReadonlyMap<string, Value>,
  toAddress: (value: Value, text: string) => number,
): number {
  let size = 4
  while (size < entries.size * 2) size *= 2
  const words = new Uint32Array(HEAD + size * ENTRY)
  let lengths = 0
  let next = FIRST
  entries.forEach((value, text) => {
    const address = toAddress(value, text)
    const { at, length } = placeText(image, text)
    const start = at - PROGRAM_AT
    let entry = HEAD + (sumOf(image.bytes, start, length) & (size - 1)) * ENTRY
    while (words[entry] !== 0) entry = entry + ENTRY < words.length ? entry + ENTRY : HEAD
    // Such a text stands in a document with an escape only, and is then not looked up.
    const isEscaped = quote(text) !== `"${text}"`
    words.set([at, isEscaped ? NEVER : length, address], entry)
    // Its first 16 bytes, the closing quote among them.
    words.set(image.words.subarray(start / 4, start / 4 + 4), entry + 4)
    const quoteAt = entry + 4 + (length >> 2)
    if (length < 16) words[quoteAt] = (words[quoteAt] ?? 0) | (0x22 << ((length & 3) * 8))
    words[next] = entry * 4
    next = entry + NEXT
    lengths |= 1 << (length & 31)
  })
  words[next] = words[FIRST] ?? 0
  words.set([size - 1, lengths])
  return placeWords(image, words)
}

const FACTOR = 0x9e3779b1

/** The sum that `find` makes of a text; after a text are zeros. */
function sumOf(bytes: Buffer, start: number, length: number): number {
  const first = bytes.readUInt32LE(start)
  if (length < 4) return Math.imul(first << (32 - length * 8), FACTOR) >>> 16
  if (length > 12) return longSumOf(bytes, start, length)
  const last = bytes.readUInt32LE(start + length - 4)
  const middle = bytes.readUInt32LE(start + (length >> 1) - 2)
  return Math.imul(Math.imul(first, 31) + last + Math.imul(middle, 17) + length, FACTOR) >>> 16
}

function longSumOf(bytes: Buffer, start: number, length: number): number {
  const last = start + length - 4
  let sum = length + bytes.readUInt32LE(last)
  for (let at = start; at < last; at += 4) {
    sum = Math.imul(sum ^ bytes.readUInt32LE(at), FACTOR)
    sum ^= sum >>> 15
  }
  return sum >>> 0
}
