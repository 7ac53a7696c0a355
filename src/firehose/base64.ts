import { Buffer } from './buffer.ts'
import { base64Slice, base64Write, utf8Slice } from './bytes.ts'
import { scratchBuffer, writeText } from './scratch.ts'

/** The bytes that standard, padded base64 of this text's length stands for; undefined where there is no such length. */
export function decodedSizeBytes(text: string): number | undefined {
  const { length } = text
  if (length % 4 !== 0) return undefined
  const padding = text.charCodeAt(length - 1) !== PAD ? 0 : text.charCodeAt(length - 2) !== PAD ? 1 : 2
  return (length / 4) * 3 - padding
}

const PAD = '='.charCodeAt(0)

/** Characters of two bytes. A string that has only narrow ones is known to, so that this costs no pass over it. */
const WIDE = /[^\0-\xff]/

/**
 * Decodes standard base64 to the beginning of a buffer that has room for it.
 *
 * @returns how many bytes that were, or undefined where the text is anything else, which Node itself would let pass
 */
export function writeBase64(text: string, into: Buffer): number | undefined {
  const { length } = text
  // Node reads the alphabet of base64url as well. This is faster than `includes`.
  if (length % 4 !== 0 || text.indexOf('-') >= 0 || text.indexOf('_') >= 0) return undefined
  // Of a wide character Node reads the low byte, which may well be a letter of the alphabet.
  if (WIDE.test(text)) return undefined
  const sizeBytes = base64Write.call(into, text, 0)
  // Node skips characters outside the alphabet, so a text that has any yields fewer bytes than its length says. That is what
  // `decodedSizeBytes` says, which in a new process V8 would compile by itself: every record comes by here.
  const padding = text.charCodeAt(length - 1) !== PAD ? 0 : text.charCodeAt(length - 2) !== PAD ? 1 : 2
  return sizeBytes === (length / 4) * 3 - padding ? sizeBytes : undefined
}

/** Decodes standard base64 into a buffer of its own, or returns nothing where the text is anything else. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(decodedSizeBytes(text) ?? 0)
  return writeBase64(text, bytes) === undefined ? undefined : bytes
}

/** Reads the text that {@link encodeBase64} wrote. */
export function decodeText(base64: string): string {
  const bytes = scratchBuffer(base64.length)
  return utf8Slice.call(bytes, 0, base64Write.call(bytes, base64, 0))
}

/** Writes text as base64 of its UTF-8. */
export function encodeBase64(text: string): string {
  return encodeWritten(writeText(text))
}

/** The base64 of the text that was written to the scratch buffer last, of so many bytes. */
export function encodeWritten(sizeBytes: number): string {
  return base64Slice.call(scratchBuffer(sizeBytes), 0, sizeBytes)
}
