import { Buffer } from './buffer.ts'

// The methods that Buffer's `write` and `toString` call once they know the encoding; finding it out takes a tenth of the
// work. Node does not document these methods: if one is missing, the documented way is used. They are called on a buffer
// directly, because V8 would compile each wrapper function separately.

interface Direct {
  base64Write(this: Buffer, text: string, offset: number): number
  base64Slice(this: Buffer, start: number, end: number): string
  utf8Slice(this: Buffer, start: number, end: number): string
}

const direct: Partial<Direct> = Buffer.prototype as Partial<Direct>

/** Decodes base64 into a buffer, skipping other characters, and returns the number of bytes. */
export const base64Write: Direct['base64Write'] =
  direct.base64Write ??
  function base64Write(text, offset) {
    return this.write(text, offset, 'base64')
  }

/** Encodes a part of a buffer as base64. */
export const base64Slice: Direct['base64Slice'] =
  direct.base64Slice ??
  function base64Slice(start, end) {
    return this.toString('base64', start, end)
  }

/** Decodes a part of a buffer as UTF-8; invalid bytes become `\ufffd`. */
export const utf8Slice: Direct['utf8Slice'] =
  direct.utf8Slice ??
  function utf8Slice(start, end) {
    return this.toString('utf8', start, end)
  }
