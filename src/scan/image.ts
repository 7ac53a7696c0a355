import { Buffer } from 'node:buffer'
import { SLACK_BYTES } from './layout.ts'

/** A text in memory. */
export interface PlacedText {
  readonly at: number
  readonly length: number
}

/** A piece of memory that grows while it is laid out. All addresses in it are final. */
export interface Image {
  /** Lays out 32-bit words and returns where they stand. */
  readonly words: (words: readonly number[]) => number
  /** Lays out a text as UTF-8, once however often it is asked for. */
  readonly text: (text: string) => PlacedText
  /** Keeps room for a text that is written later. */
  readonly room: (sizeBytes: number) => number
  readonly bytes: () => Uint8Array
}

/** Starts an image that will stand at an address. */
export function createImage(base: number): Image {
  const chunks: Uint8Array[] = []
  const texts = new Map<string, PlacedText>()
  let end = base

  const append = (chunk: Uint8Array, slackBytes: number): number => {
    const at = end
    const sizeBytes = Math.ceil((chunk.length + slackBytes) / 4) * 4
    const padded = new Uint8Array(sizeBytes)
    padded.set(chunk)
    chunks.push(padded)
    end += sizeBytes
    return at
  }
  const text = (value: string): PlacedText => {
    const known = texts.get(value)
    if (known !== undefined) return known
    const utf8 = Buffer.from(value, 'utf8')
    const placed = { at: append(utf8, SLACK_BYTES), length: utf8.length }
    texts.set(value, placed)
    return placed
  }
  return {
    words: (words) => append(new Uint8Array(Uint32Array.from(words).buffer), 0),
    text,
    room: (sizeBytes) => append(new Uint8Array(sizeBytes), SLACK_BYTES),
    bytes: () => Buffer.concat(chunks),
  }
}

/** Lays out texts and what they stand for, so that the scanner finds one in a look or two: `find` in `assembly/memory.ts`. */
export function placeTable(image: Image, entries: ReadonlyMap<string, number>): number {
  let size = 4
  while (size < entries.size * 2) size *= 2
  const words = new Array<number>(HEAD + size * ENTRY).fill(0)
  let lengths = 0
  for (const [key, value] of entries) {
    const { at, length } = image.text(key)
    let entry = sumOf(Buffer.from(key, 'utf8')) & (size - 1)
    while (words[HEAD + entry * ENTRY] !== 0) entry = (entry + 1) & (size - 1)
    words.splice(HEAD + entry * ENTRY, ENTRY, at, length, value)
    lengths |= 1 << (length & 31)
  }
  words.splice(0, HEAD, size - 1, lengths)
  return image.words(words)
}

const HEAD = 2
const ENTRY = 3

const FACTOR = 0x9e3779b1

/** The sum that `find` makes of a text. */
function sumOf(utf8: Buffer): number {
  const { length } = utf8
  if (length > 12) return longSumOf(utf8)
  if (length < 4) {
    const word = utf8.reduce((sum, byte, at) => sum | (byte << (at * 8)), 0)
    return length === 0 ? 0 : Math.imul(word << (32 - length * 8), FACTOR) >>> 16
  }
  const ends = Math.imul(utf8.readUInt32LE(0), 31) + utf8.readUInt32LE(length - 4)
  return Math.imul(ends + Math.imul(utf8.readUInt32LE((length >> 1) - 2), 17) + length, FACTOR) >>> 16
}

function longSumOf(utf8: Buffer): number {
  const last = utf8.length - 4
  let sum = utf8.length + utf8.readUInt32LE(last)
  for (let at = 0; at < last; at += 4) {
    sum = Math.imul(sum ^ utf8.readUInt32LE(at), FACTOR)
    sum ^= sum >>> 15
  }
  return sum >>> 0
}
