import { decodeBytes, type JsonObject } from '../firehose/decode.ts'
import { markExact, mayHoldBigints } from '../firehose/exact.ts'
import type { DecodedPayload, Decoder } from '../router/decoder.ts'
import { typeName } from '../table/wrong-type.ts'
import { createDecoder, refuse } from './create-decoder.ts'
import { beginsAsObject, toBuffer } from './json-decoder.ts'
import { bytesOf } from './text.ts'

/** What a JSON document has to have so that it is an envelope. */
export interface EnvelopeShape {
  readonly name: string
  /** Keys, with the type of their values. */
  readonly keys: { readonly [key: string]: 'string' | 'object' | 'array' }
}

/** Reads one JSON object of a known shape, and goes on with it. */
export function readShape(
  bytes: Uint8Array,
  { name, keys }: EnvelopeShape,
  next: (envelope: JsonObject) => DecodedPayload,
): DecodedPayload {
  const { event, failure } = decodeBytes(toBuffer(bytes))
  if (event === undefined) return { kind: 'failure', failure }
  for (const [key, type] of Object.entries(keys)) {
    const value = Object.hasOwn(event, key) ? event[key] : undefined
    const isOfType = type === 'array' ? Array.isArray(value) : typeof value === type && value !== null
    if (isOfType && (type === 'array' || !Array.isArray(value))) continue
    const got = value === undefined ? 'nothing' : typeName(value)
    return refuse('UnexpectedShape', `expected ${name} with ${key} (${type}), got ${got}`, key)
  }
  return next(event)
}

/** Where an envelope has its content: a string under a key. */
export interface EnvelopeContent {
  /** The name of the decoder, such as `sqs`. */
  readonly name: string
  readonly shape: EnvelopeShape
  readonly key: string
}

/** Makes a decoder of an envelope whose content, a string, is read by another decoder. */
export function envelopeDecoder<Event>({ name, shape, key }: EnvelopeContent, inner: Decoder<unknown>): Decoder<Event> {
  return createDecoder({
    name: `${name}(${inner.name})`,
    yields: 'one event',
    problems: inner['~decoder'].problems,
    recognises: beginsAsObject,
    decode: (bytes) =>
      readShape(bytes, shape, (envelope) => unwrap(envelope, key, bytesOf(envelope[key] as string), inner)),
  })
}

/** Decodes bytes that an envelope holds under a key, and puts the result in their place. */
export function unwrap(
  envelope: JsonObject,
  key: string,
  bytes: Uint8Array | undefined,
  inner: Decoder<unknown>,
): DecodedPayload {
  if (bytes === undefined)
    return refuse('InvalidUtf8', 'expected Unicode, got half a character (a lone surrogate)', key)
  const decoded = inner['~decoder'].decode(bytes)
  if (decoded.kind === 'failure') return inside(key, decoded)
  if (decoded.kind !== 'value') return decoded
  const { value } = decoded
  const event = { ...envelope, [key]: value }
  if (mayHoldBigints(envelope) || mayHoldBigints(value)) markExact(event)
  return { kind: 'value', value: event }
}

/** Adds where the payload is to the path of a failure. */
function inside(key: string, { failure }: Extract<DecodedPayload, { kind: 'failure' }>): DecodedPayload {
  const { path = '' } = failure
  const separator = path === '' || path.startsWith('[') ? '' : '.'
  return { kind: 'failure', failure: { ...failure, path: `${key}${separator}${path}` } }
}
