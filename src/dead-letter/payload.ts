import { decodeBase64 } from '../firehose/base64.ts'
import { Buffer, isUtf8 } from '../firehose/buffer.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import { payloadOf } from '../firehose/stream-source.ts'

/** A payload as a dead-letter table row holds it. */
export interface KeptPayload {
  readonly payload: string | null
  readonly payload_encoding: 'text' | 'base64' | 'raw' | 'none'
  readonly payload_bytes: number
  readonly payload_cut: boolean
}

/**
 * Writes the payload of a record so that a person can read it: as text if it is UTF-8, otherwise in base64. A payload that
 * arrived as invalid base64 is kept unchanged.
 *
 * @param maxBytes bytes of the payload that are kept; a character is never cut in two
 */
export function keepPayload(record: FirehoseRecord, maxBytes: number): KeptPayload {
  const encoded = payloadOf(record)
  if (typeof encoded !== 'string') {
    return { payload: null, payload_encoding: 'none', payload_bytes: 0, payload_cut: false }
  }
  const bytes = decodeBase64(encoded)
  if (bytes === undefined) return keepText(Buffer.from(encoded, 'utf8'), 'raw', maxBytes)
  if (isUtf8(bytes)) return keepText(bytes, 'text', maxBytes)
  const kept = bytes.subarray(0, maxBytes)
  return {
    payload: kept.toString('base64'),
    payload_encoding: 'base64',
    payload_bytes: bytes.length,
    payload_cut: kept.length < bytes.length,
  }
}

function keepText(bytes: Buffer, payload_encoding: 'text' | 'raw', maxBytes: number): KeptPayload {
  let end = Math.min(bytes.length, maxBytes)
  // A byte 10xxxxxx continues a character, so cut before its first byte.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return {
    payload: bytes.toString('utf8', 0, end),
    payload_encoding,
    payload_bytes: bytes.length,
    payload_cut: end < bytes.length,
  }
}
