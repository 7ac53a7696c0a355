import { Buffer } from '../firehose/buffer.ts'
import { PROGRAM_AT, SLACK_BYTES } from './layout.ts'

/** Where a text stands in memory, and its bytes. */
export interface PlacedText {
  readonly at: number
  readonly length: number
}

/** Memory from `PROGRAM_AT` on, as it grows while programs are laid out. All addresses in it are final. */
export interface Image {
  words: Uint32Array
  /** The same memory. */
  bytes: Buffer
  /** How much of it is in use. */
  sizeBytes: number
  readonly texts: Map<string, PlacedText>
}

/** Enough for most programs. */
const FIRST_WORDS = 4096

/** Starts an image with nothing in it. */
export function createImage(): Image {
  const words = new Uint32Array(FIRST_WORDS)
  return { words, bytes: Buffer.from(words.buffer), sizeBytes: 0, texts: new Map() }
}

/** Keeps room, all zeros, and returns where it is. */
export function placeRoom(image: Image, sizeBytes: number): number {
  const at = image.sizeBytes
  image.sizeBytes += (sizeBytes + 3) & -4
  if (image.sizeBytes > image.bytes.length) {
    // As many words as bytes were needed: four times the room, so that a thousand routes make it grow a few times only.
    const words = new Uint32Array(image.sizeBytes)
    words.set(image.words)
    image.words = words
    image.bytes = Buffer.from(words.buffer)
  }
  return PROGRAM_AT + at
}

/** Lays out 32-bit words and returns where they stand. */
export function placeWords(image: Image, words: ArrayLike<number>): number {
  const at = placeRoom(image, words.length * 4)
  image.words.set(words, (at - PROGRAM_AT) / 4)
  return at
}

/** Lays out a text as UTF-8, with zeros after it; once however often it is asked for. */
export function placeText(image: Image, text: string): PlacedText {
  const known = image.texts.get(text)
  if (known !== undefined) return known
  const length = Buffer.byteLength(text)
  const placed = { at: placeRoom(image, length + SLACK_BYTES), length }
  image.bytes.write(text, placed.at - PROGRAM_AT)
  image.texts.set(text, placed)
  return placed
}
