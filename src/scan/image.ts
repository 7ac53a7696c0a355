import { Buffer } from '../firehose/buffer.ts'
import { PROGRAM_AT, SLACK_BYTES } from './memory-layout.ts'

/** The address of a string in memory, and its size in bytes. */
export interface PlacedText {
  readonly at: number
  readonly length: number
}

/** The memory from `PROGRAM_AT` on; it grows while programs are laid out. All addresses in it are final. */
export interface Image {
  words: Uint32Array
  /** The same memory. */
  bytes: Buffer
  /** How much of it is in use. */
  sizeBytes: number
  readonly strings: Map<string, PlacedText>
}

/** The first size, enough for most programs. */
const FIRST_WORDS = 4096

/** Creates an empty image. */
export function createImage(): Image {
  const words = new Uint32Array(FIRST_WORDS)
  return { words, bytes: Buffer.from(words.buffer), sizeBytes: 0, strings: new Map() }
}

/** Reserves room, filled with zeros, and returns its address. */
export function placeRoom(image: Image, sizeBytes: number): number {
  const at = image.sizeBytes
  image.sizeBytes += (sizeBytes + 3) & -4
  if (image.sizeBytes > image.bytes.length) {
    // As many words as bytes are needed, which is four times the room: even a thousand routes make it grow only a few times.
    const words = new Uint32Array(image.sizeBytes)
    words.set(image.words)
    image.words = words
    image.bytes = Buffer.from(words.buffer)
  }
  return PROGRAM_AT + at
}

/** Writes 32-bit words and returns their address. */
export function placeWords(image: Image, words: ArrayLike<number>): number {
  const at = placeRoom(image, words.length * 4)
  image.words.set(words, (at - PROGRAM_AT) / 4)
  return at
}

/** Writes a string as UTF-8 with zeros after it, or returns where it was written before. */
export function placeText(image: Image, text: string): PlacedText {
  const known = image.strings.get(text)
  if (known !== undefined) return known
  const length = Buffer.byteLength(text)
  const placed = { at: placeRoom(image, length + SLACK_BYTES), length }
  image.bytes.write(text, placed.at - PROGRAM_AT)
  image.strings.set(text, placed)
  return placed
}
