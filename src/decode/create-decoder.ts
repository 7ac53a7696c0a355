import { decodeBase64 } from '../firehose/base64.ts'
import { Buffer } from '../firehose/buffer.ts'
import { type DecodedRecord, type DecodeFailure, decodeRecord, type JsonObject } from '../firehose/decode.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import { payloadOf } from '../firehose/stream-source.ts'
import { isObject } from '../options.ts'
import { isRetryBatchError } from '../outcome/retry-error.ts'
import type { DecodedPayload, Decoder, DecoderPart, Yields } from '../router/decoder.ts'
import { ENVELOPE_KEY } from '../router/is-envelope.ts'
import { describeThrown } from '../router/thrown.ts'
import { typeName } from '../table/wrong-type.ts'
import { observePromises } from '../unawaited.ts'

/** What a decoder is made of. */
export interface DecoderParts<Count extends Yields> {
  readonly name: string
  readonly yields: Count
  readonly problems?: readonly string[]
  readonly recognises?: (bytes: Uint8Array) => boolean
  readonly decode: DecoderPart['decode']
}

/** Makes a decoder, with the code that runs it in a router. */
export function createDecoder<Event, Count extends Yields>(parts: DecoderParts<Count>): Decoder<Event, Count> {
  const { name, yields, problems = [], recognises, decode } = parts
  const part: DecoderPart = { problems, recognises, decode, decodeRecord: (record) => readRecord(record, decode) }
  return Object.freeze({ kind: 'decoder', name, yields, '~decoder': Object.freeze(part) } as const)
}

/** Makes a failure of a payload. */
export function refuse(code: DecodeFailure['code'], message: string, path?: string): DecodedPayload {
  return { kind: 'failure', failure: { code, message, ...(path !== undefined && { path }) } }
}

/** How an envelope begins that a router put onto the stream: `sealEnvelope` prints it without white space. */
const SEALED = /* @__PURE__ */ Buffer.from(`{"${ENVELOPE_KEY}":`)

function readRecord(record: FirehoseRecord, decode: DecoderPart['decode']): DecodedRecord {
  const payload = payloadOf(record)
  // A buffer of its own, not the shared one: what a decoder returns may refer to it.
  const bytes = typeof payload === 'string' && payload !== '' ? decodeBase64(payload) : undefined
  // The core reads its own envelopes, and says what is wrong with a record without bytes.
  if (bytes === undefined || SEALED.equals(bytes.subarray(0, SEALED.length))) return decodeRecord(record)
  try {
    return toDecoded(decode(bytes))
  } catch (cause) {
    observePromises(cause)
    if (isRetryBatchError(cause)) throw cause
    const { text, ...thrown } = describeThrown(cause)
    const message = `the decoder threw ${text}`
    return { failure: { code: 'DecoderThrew', message, ...thrown, cause: cause ?? 'nothing' } }
  }
}

function toDecoded(decoded: DecodedPayload): DecodedRecord {
  if (decoded.kind === 'failure') return { failure: decoded.failure }
  if (decoded.kind === 'dropped') return { dropped: decoded.dropped }
  const { value } = decoded
  if (isEvent(value)) return { event: value }
  observePromises(value)
  return { failure: { code: 'NotAnObject', message: `expected one object as event, got ${typeName(value)}` } }
}

/** What the router can route. */
function isEvent(value: unknown): value is JsonObject {
  return isObject(value) && !Array.isArray(value) && !(value instanceof Promise)
}
