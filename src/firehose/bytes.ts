import { Buffer } from './buffer.ts'

// What Buffer's `write` and `toString` come to once they have found out the encoding, which takes them as long as a tenth
// of the work. Node has no documentation for these methods: where one is missing, the documented way is taken. They are
// called on a buffer, and have no functions around them, of which V8 would compile each by itself.

interface Direct {
  base64Write(this: Buffer, text: string, offset: number): number
  base64Slice(this: Buffer, start: number, end: number): string
  utf8Slice(this: Buffer, start: number, end: number): string
}

const direct: Partial<Direct> = Buffer.prototype as Partial<Direct>

/** Decodes base64 into a buffer, passing over what is none, and returns how many bytes that were. */
export const base64Write: Direct['base64Write'] =
  direct.base64Write ??
  function base64Write(text, offset) {
    return this.write(text, offset, 'base64')
  }

/** The bytes of a part of a buffer as base64. */
export const base64Slice: Direct['base64Slice'] =
  direct.base64Slice ??
  function base64Slice(start, end) {
    return this.toString('base64', start, end)
  }

/** The text whose UTF-8 the bytes of a part of a buffer are; `\ufffd` stands for what is no UTF-8. */
export const utf8Slice: Direct['utf8Slice'] =
  direct.utf8Slice ??
  function utf8Slice(start, end) {
    return this.toString('utf8', start, end)
  }
