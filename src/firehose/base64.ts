import { Buffer } from './buffer.ts'
import { base64Slice, base64Write, utf8Slice } from './bytes.ts'
import { scratchBuffer, writeText } from './scratch.ts'

/** The number of bytes that standard, padded base64 encodes; undefined if no base64 has this length. */
export function decodedSizeBytes(text: string): number | undefined {
  const { length } = text
  if (length % 4 !== 0) return undefined
  const padding = text.charCodeAt(length - 1) !== PAD ? 0 : text.charCodeAt(length - 2) !== PAD ? 1 : 2
  return (length / 4) * 3 - padding
}

const PAD = '='.charCodeAt(0)

/** Characters of two bytes. V8 knows which strings have only one-byte characters, so the test does not scan those. */
const WIDE = /[^\0-\xff]/

/**
 * Decodes standard base64 to the beginning of a buffer that has room for it.
 *
 * @returns the number of bytes, or undefined if the string is not standard base64: Node alone would accept it
 */
export function writeBase64(text: string, into: Buffer): number | undefined {
  const { length } = text
  // Node accepts the alphabet of base64url as well. `indexOf` is faster than `includes`.
  if (length % 4 !== 0 || text.indexOf('-') >= 0 || text.indexOf('_') >= 0) return undefined
  // Node reads the low byte of a wide character, which may be a letter of the alphabet.
  if (WIDE.test(text)) return undefined
  const sizeBytes = base64Write.call(into, text, 0)
  // Node skips characters outside the alphabet, so a string that has any yields fewer bytes than its length promises. The
  // same as `decodedSizeBytes`, inlined by hand: V8 would compile that function separately, and every record comes here.
  const padding = text.charCodeAt(length - 1) !== PAD ? 0 : text.charCodeAt(length - 2) !== PAD ? 1 : 2
  return sizeBytes === (length / 4) * 3 - padding ? sizeBytes : undefined
}

/** Decodes standard base64 into a new buffer; undefined if the string is not standard base64. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(decodedSizeBytes(text) ?? 0)
  return writeBase64(text, bytes) === undefined ? undefined : bytes
}

/** Decodes the text that {@link encodeBase64} wrote. */
export function decodeText(base64: string): string {
  const bytes = scratchBuffer(base64.length)
  return utf8Slice.call(bytes, 0, base64Write.call(bytes, base64, 0))
}

/** Encodes text as base64 of its UTF-8. */
export function encodeBase64(text: string): string {
  return encodeWritten(writeText(text))
}

/** Encodes the first bytes of the scratch buffer, which hold the text written last, as base64. */
export function encodeWritten(sizeBytes: number): string {
  return base64Slice.call(scratchBuffer(sizeBytes), 0, sizeBytes)
}
