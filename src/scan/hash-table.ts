import type { Buffer } from '../firehose/buffer.ts'
import { quote } from '../table/quote.ts'
import { type Image, placeText, placeWords } from './image.ts'
import { PROGRAM_AT } from './memory-layout.ts'

const HEAD = 4
const FIRST = 2
const ENTRY = 8
const NEXT = 3

/** A length that no string has. */
const NEVER = 0xffff_ffff

/**
 * Lays out a hash table of strings and the addresses that they lead to: `assembly/key-table.ts` reads it. Each entry also names
 * the entry that is likely to come next: at first the next one written, later the one that came next in a document.
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
    let entry = HEAD + (hashOf(image.bytes, start, length) & (size - 1)) * ENTRY
    while (words[entry] !== 0) entry = entry + ENTRY < words.length ? entry + ENTRY : HEAD
    // A document has such a string only with an escape, and escaped strings are not looked up.
    const isEscaped = quote(text) !== `"${text}"`
    words.set([at, isEscaped ? NEVER : length, address], entry)
    // Its first 16 bytes, the closing quote included.
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

/** The hash that `find` computes; zeros follow each string. */
function hashOf(bytes: Buffer, start: number, length: number): number {
  const first = bytes.readUInt32LE(start)
  if (length < 4) return Math.imul(first << (32 - length * 8), FACTOR) >>> 16
  if (length > 12) return longHashOf(bytes, start, length)
  const last = bytes.readUInt32LE(start + length - 4)
  const middle = bytes.readUInt32LE(start + (length >> 1) - 2)
  return Math.imul(Math.imul(first, 31) + last + Math.imul(middle, 17) + length, FACTOR) >>> 16
}

function longHashOf(bytes: Buffer, start: number, length: number): number {
  const last = start + length - 4
  let sum = length + bytes.readUInt32LE(last)
  for (let at = start; at < last; at += 4) {
    sum = Math.imul(sum ^ bytes.readUInt32LE(at), FACTOR)
    sum ^= sum >>> 15
  }
  return sum >>> 0
}
