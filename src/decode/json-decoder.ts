import { Buffer } from '../firehose/buffer.ts'
import { decodeBytes, type JsonObject } from '../firehose/decode.ts'
import type { DecodedPayload, Decoder } from '../router/decoder.ts'
import { createDecoder } from './create-decoder.ts'

const OPENING_BRACE = '{'.charCodeAt(0)
const WHITE_SPACE: readonly number[] = [...' \t\n\r'].map((char) => char.charCodeAt(0))

/** Reads one JSON object in UTF-8, as a router without `decode` does: whole numbers beyond 2^53 become bigints. */
export function json<Event = JsonObject>(): Decoder<Event> {
  return createDecoder({ name: 'json', yields: 'one event', recognises: beginsAsObject, decode: readJson })
}

/** Reads bytes as one JSON object. */
export function readJson(bytes: Uint8Array): DecodedPayload {
  const { event, failure } = decodeBytes(toBuffer(bytes))
  return event === undefined ? { kind: 'failure', failure } : { kind: 'value', value: event }
}

/** Checks whether the first character after white space is an opening brace. */
export function beginsAsObject(bytes: Uint8Array): boolean {
  return bytes.find((byte) => !WHITE_SPACE.includes(byte)) === OPENING_BRACE
}

/** The same bytes as a Buffer. */
export function toBuffer(bytes: Uint8Array): Uint8Array {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
