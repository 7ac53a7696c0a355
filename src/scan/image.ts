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

/**
 * Lays out texts and what they stand for, so that the scanner finds one in a look or two: `assembly/table.ts`. Each has the
 * next one as the one that is likely to come after it, until the scanner knows better.
 */
export function placeTable(image: Image, entries: ReadonlyMap<string, number>): number {
  const size = 2 ** Math.ceil(Math.log2(Math.max(entries.size * 2, 4)))
  const words = new Uint32Array(HEAD + size * ENTRY)
  let lengths = 0
  let next = FIRST
  for (const [key, value] of entries) {
    const { at, length } = image.text(key)
    const utf8 = Buffer.from(`${key}"`, 'utf8')
    let entry = HEAD + (sumOf(utf8.subarray(0, -1)) & (size - 1)) * ENTRY
    while (words[entry] !== 0) entry = entry + ENTRY < words.length ? entry + ENTRY : HEAD
    words.set([at, isEscaped(key) ? NEVER : length, value, 0, ...firstWords(utf8)], entry)
    words[next] = entry * 4
    next = entry + NEXT
    lengths |= 1 << (length & 31)
  }
  words[next] = words[FIRST] ?? 0
  words.set([size - 1, lengths])
  return image.words([...words])
}

/** Such a text stands in a document with an escape only, and is then not looked up. */
const isEscaped = (text: string): boolean => JSON.stringify(text) !== `"${text}"`
/** No text has that length. */
const NEVER = 0xffff_ffff

const HEAD = 4
const FIRST = 2
const ENTRY = 8
const NEXT = 3

/** The first 16 bytes, with zeros after the last. */
function firstWords(utf8: Buffer): Uint32Array {
  const bytes = new Uint8Array(16)
  bytes.set(utf8.subarray(0, 16))
  return new Uint32Array(bytes.buffer)
}

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
