import { Buffer } from 'node:buffer'
import { quote } from '../table/quote.ts'
import { SLACK_BYTES, SLOTS_AT } from './layout.ts'

/** Where a text stands in memory, and its bytes. */
export type PlacedText = readonly [at: number, length: number]

/** A piece of memory, from `SLOTS_AT` on, that grows while it is laid out. All addresses in it are final. */
export interface Image {
  /** Lays out 32-bit words and returns where they stand. */
  readonly words: (words: ArrayLike<number>) => number
  /** Lays out a text as UTF-8, once however often it is asked for. */
  readonly text: (text: string) => PlacedText
  /** Keeps room for a text that is written later. */
  readonly room: (sizeBytes: number) => number
  /** Reads four bytes. */
  readonly word: (at: number) => number
  readonly bytes: () => Uint8Array
}

/** Starts an image whose bytes up to an address are zeros. */
export function createImage(start: number): Image {
  let end = start - SLOTS_AT
  let memory = new Uint32Array(end + FIRST_WORDS)
  let bytes = Buffer.from(memory.buffer)
  const texts = new Map<string, PlacedText>()

  const room = (sizeBytes: number): number => {
    const at = end
    end += (sizeBytes + 3) & -4
    if (end > bytes.length) {
      const smaller = memory
      memory = new Uint32Array(end)
      memory.set(smaller)
      bytes = Buffer.from(memory.buffer)
    }
    return at
  }
  const text = (value: string): PlacedText => {
    const known = texts.get(value)
    if (known !== undefined) return known
    const length = Buffer.byteLength(value)
    const at = room(length + SLACK_BYTES)
    bytes.write(value, at)
    const placed = [SLOTS_AT + at, length] as const
    texts.set(value, placed)
    return placed
  }
  const words = (all: ArrayLike<number>): number => {
    const at = room(all.length * 4)
    memory.set(all, at / 4)
    return SLOTS_AT + at
  }
  return {
    words,
    text,
    room: (sizeBytes) => SLOTS_AT + room(sizeBytes + SLACK_BYTES),
    word: (at) => bytes.readUInt32LE(at - SLOTS_AT),
    bytes: () => bytes.subarray(0, end),
  }
}

/** Enough for most programs: 16 kB. */
const FIRST_WORDS = 4096

const HEAD = 4
const FIRST = 2
const ENTRY = 8
const NEXT = 3

/** No text has that length. */
const NEVER = 0xffff_ffff

/**
 * Lays out texts and what they stand for, so that the scanner finds one in a look or two: `assembly/table.ts`. Each has the
 * next one as the one that is likely to come after it, until the scanner knows better.
 */
export function placeTable(image: Image, entries: ReadonlyMap<string, number>): number {
  let size = 4
  while (size < entries.size * 2) size *= 2
  const words = new Uint32Array(HEAD + size * ENTRY)
  let lengths = 0
  let next = FIRST
  for (const [key, value] of entries) {
    const [at, length] = image.text(key)
    let entry = HEAD + (sumOf(image, at, length) & (size - 1)) * ENTRY
    while (words[entry] !== 0) entry = entry + ENTRY < words.length ? entry + ENTRY : HEAD
    // Such a text stands in a document with an escape only, and is then not looked up.
    const isEscaped = quote(key) !== `"${key}"`
    words.set([at, isEscaped ? NEVER : length, value, 0, ...headOf(image, at, length)], entry)
    words[next] = entry * 4
    next = entry + NEXT
    lengths |= 1 << (length & 31)
  }
  words[next] = words[FIRST] ?? 0
  words.set([size - 1, lengths])
  return image.words(words)
}

/** The first 16 bytes, the closing quote among them; after a text are zeros. */
function headOf({ word }: Image, at: number, length: number): readonly number[] {
  const head = [word(at), word(at + 4), word(at + 8), word(at + 12)]
  if (length < 16) head[length >> 2] = (head[length >> 2] ?? 0) | (0x22 << ((length & 3) * 8))
  return head
}

const FACTOR = 0x9e3779b1

/** The sum that `find` makes of a text. */
function sumOf({ word }: Image, at: number, length: number): number {
  const last = at + length - 4
  // After a text are zeros.
  if (length < 4) return Math.imul(word(at) << (32 - length * 8), FACTOR) >>> 16
  if (length <= 12) {
    const ends = Math.imul(word(at), 31) + word(last)
    return Math.imul(ends + Math.imul(word(at + (length >> 1) - 2), 17) + length, FACTOR) >>> 16
  }
  let sum = length + word(last)
  for (let from = at; from < last; from += 4) {
    sum = Math.imul(sum ^ word(from), FACTOR)
    sum ^= sum >>> 15
  }
  return sum >>> 0
}
