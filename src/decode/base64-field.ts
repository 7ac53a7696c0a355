import { decodeBase64 } from '../firehose/base64.ts'
import { Buffer } from '../firehose/buffer.ts'
import type { JsonObject } from '../firehose/decode.ts'
import { matching, optional, type Rules, ruleProblems } from '../options.ts'
import type { Decoder } from '../router/decoder.ts'
import { createDecoder, refuse } from './create-decoder.ts'
import { readShape, unwrap } from './unwrap.ts'

/** Where the base64 is. */
export interface Base64Options<Key extends string> {
  /** The key of a JSON object whose value is the base64; by default the whole payload is base64. */
  readonly at?: Key
}

const RULES: Rules = { at: optional(matching(/./s, 'a key')) }

/** Decodes a payload that is standard, padded base64; white space around it is allowed. */
export function base64<Event>(inner: Decoder<Event>, options?: Base64Options<never>): Decoder<Event>
/** Decodes the base64 under a key of a JSON object; what it holds takes its place in the event. */
export function base64<Event, const Key extends string>(
  inner: Decoder<Event>,
  options: { readonly at: Key },
): Decoder<JsonObject & { readonly [K in Key]: Event }>
export function base64(inner: Decoder<unknown>, options: Base64Options<string> = {}): Decoder<unknown> {
  const { at } = options
  const { problems, decode } = inner['~decoder']
  const parts = {
    name: `base64(${inner.name})`,
    yields: inner.yields,
    problems: [...ruleProblems(options, RULES, 'decode: base64'), ...problems],
  }
  if (at === undefined) {
    return createDecoder({
      ...parts,
      decode: (bytes) => {
        const decoded = decodeBase64(Buffer.from(bytes).toString('latin1').trim())
        return decoded === undefined ? refuse(...notBase64()) : decode(decoded)
      },
    })
  }
  const shape = { name: 'an object', keys: { [at]: 'string' } } as const
  return createDecoder({
    ...parts,
    decode: (bytes) =>
      readShape(bytes, shape, (object) => {
        const decoded = decodeBase64(object[at] as string)
        return decoded === undefined ? refuse(...notBase64(at)) : unwrap(object, at, decoded, inner)
      }),
  })
}

function notBase64(path?: string): Parameters<typeof refuse> {
  const message = 'expected standard, padded base64, got something else'
  return path === undefined ? ['InvalidBase64', message] : ['InvalidBase64', message, path]
}
