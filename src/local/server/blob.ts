import { Buffer } from 'node:buffer'
import { type Answer, failure } from './http-response.ts'

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Reads the bytes of a blob, which JSON has as base64. */
export function readBlob(value: unknown): { readonly data: Uint8Array } | Answer {
  if (typeof value === 'string' && value.length % 4 === 0 && BASE64.test(value)) {
    return { data: Buffer.from(value, 'base64') }
  }
  return failure('SerializationException', 'expected a blob as padded base64')
}
