import { Buffer } from 'node:buffer'

// What Buffer's `write` and `toString` come to once they have found out the encoding, which takes them as long as a tenth
// of the work. Node has no documentation for these methods: where one is missing, the documented way is taken.

interface Direct {
  base64Write(this: Buffer, text: string, offset: number): number
  base64Slice(this: Buffer, start: number, end: number): string
  utf8Slice(this: Buffer, start: number, end: number): string
}

const direct: Partial<Direct> = Buffer.prototype as Partial<Direct>

const {
  base64Write = function base64Write(text, offset) {
    return this.write(text, offset, 'base64')
  },
  base64Slice = function base64Slice(start, end) {
    return this.toString('base64', start, end)
  },
  utf8Slice = function utf8Slice(start, end) {
    return this.toString('utf8', start, end)
  },
} = direct

/** Decodes base64 to the beginning of a buffer, passing over what is none, and returns how many bytes that were. */
export function readBase64(into: Buffer, text: string): number {
  return base64Write.call(into, text, 0)
}

/** The bytes of a part of a buffer as base64. */
export function base64Of(bytes: Buffer, start: number, end: number): string {
  return base64Slice.call(bytes, start, end)
}

/** The text whose UTF-8 the first bytes of a buffer are; `\ufffd` stands for what is no UTF-8. */
export function textOf(bytes: Buffer, sizeBytes: number): string {
  return utf8Slice.call(bytes, 0, sizeBytes)
}
