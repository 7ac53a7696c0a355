import { Buffer, isUtf8 } from '../firehose/buffer.ts'
import { isThenable } from '../promise.ts'
import type { Decoder } from '../router/decoder.ts'
import { observePromises } from '../unawaited.ts'
import { createDecoder, refuse } from './create-decoder.ts'
import { toBuffer } from './json-decoder.ts'

/**
 * Reads text in UTF-8 with a function of yours, such as a parser for a line of a log. If it throws, the record fails with
 * `DecoderThrew`.
 */
export function text<Event>(parse: (text: string) => Event): Decoder<Event> {
  return createDecoder({
    name: 'text',
    yields: 'one event',
    problems: typeof parse === 'function' ? [] : [`decode: text: expected a function, got ${typeof parse}`],
    decode: (bytes) => {
      const buffer = toBuffer(bytes) as Buffer
      if (!isUtf8(buffer)) return refuse('InvalidUtf8', 'expected text in UTF-8, got other bytes')
      const value: unknown = parse(buffer.toString('utf8'))
      if (!isThenable(value)) return { kind: 'value', value }
      observePromises(value)
      return refuse('NotAnObject', 'expected the function of text() to return an event, got a Promise')
    },
  })
}

/** UTF-16 that UTF-8 cannot express. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** The bytes of a string that holds a payload; undefined if it is not Unicode. */
export function bytesOf(text: string): Uint8Array | undefined {
  return LONE_SURROGATE.test(text) ? undefined : Buffer.from(text, 'utf8')
}
