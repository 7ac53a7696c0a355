import * as fc from 'fast-check'
import type { FirehoseTransformationEvent } from '../firehose/event.ts'
import { SOURCES, type Source } from '../firehose/stream-source.ts'
import { createEncodedEvent, toBase64 } from './create-event.ts'

/** Settings of {@link firehoseEvents}. */
export interface FirehoseEventConstraints {
  /** The payload of the valid records; by default any JSON object. Strings and bytes are not encoded as JSON. */
  readonly payload?: fc.Arbitrary<object | string | Uint8Array>
  /** By default any of the three. */
  readonly source?: Source
  /** By default 8. */
  readonly maxRecords?: number
}

/**
 * Events as Firehose sends them, from any source, with valid payloads and garbage in any order. Use them to test that a
 * router answers every record of any event.
 */
export function firehoseEvents(constraints: FirehoseEventConstraints = {}): fc.Arbitrary<FirehoseTransformationEvent> {
  const { payload = fc.dictionary(fc.string(), fc.jsonValue()), source, maxRecords = 8 } = constraints
  const good = payload.chain((value) => (isEncoded(value) ? fc.constant(value) : jsonTexts(fc.constant(value))))
  const encoded = fc.oneof(
    { weight: 4, arbitrary: good.map(toBase64) },
    { weight: 3, arbitrary: garbagePayloads().map(toBase64) },
    { weight: 1, arbitrary: brokenBase64() },
  )
  const sources = source === undefined ? fc.constantFrom(...SOURCES) : fc.constant(source)
  return fc
    .tuple(fc.array(encoded, { maxLength: maxRecords }), sources)
    .map(([payloads, shape]) => createEncodedEvent(payloads, { source: shape }))
}

/** Values in every notation that JSON allows: indented, with white space around, with non-ASCII characters escaped. */
export function jsonTexts(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const notations: ((json: string) => string)[] = [
    (json) => json,
    // SES ends every event with a newline.
    (json) => `${json}\n`,
    (json) => ` \t\r\n${json}\n\n`,
    (json) => JSON.stringify(JSON.parse(json), null, 2),
    (json) => json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ]
  return fc.tuple(value, fc.constantFrom(...notations)).map(([inner, notation]) => notation(JSON.stringify(inner)))
}

/** Payloads that are not a JSON object: each must fail, and its neighbours must not. */
export function garbagePayloads(): fc.Arbitrary<string | Uint8Array> {
  const objects = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }).map((value) => JSON.stringify(value))
  const scalars = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean())
  return fc.oneof(
    fc.constantFrom('', '\n', ' \t\r\n', '{', '}', '[', '{"a":}', "{'a':1}", '{"a":1,}', '\ufeff{}', 'NaN', 'null'),
    fc.tuple(objects, fc.nat()).map(([text, at]) => text.slice(0, at % text.length)),
    fc.array(fc.jsonValue()).map((value) => JSON.stringify(value)),
    scalars.map((value) => JSON.stringify(value)),
    fc.array(objects, { minLength: 2, maxLength: 3 }).chain((texts) => {
      return fc.constantFrom('', '\n', ' ', ',').map((separator) => texts.join(separator))
    }),
    invalidUtf8(),
  )
}

/** Strings that are not strict base64: foreign characters, the URL alphabet, padding that is missing or in the middle. */
export function brokenBase64(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom('=', '====', 'e30', 'e30==', 'e3=0', 'e30-', 'e30_', ' e30=', 'e30=\n', '{"a":1}!', 'ŁŁŁŁ'),
    fc.base64String({ minLength: 4 }).map((text) => `${text.replace(/=+$/, '')}*===`.slice(0, text.length + 3)),
    fc.base64String({ minLength: 4 }).map((text) => `${text}A`),
  )
}

/** An object with invalid UTF-8 inside a string. */
function invalidUtf8(): fc.Arbitrary<Uint8Array> {
  const [before, after] = ['{"a":"', '"}'].map((text) => new TextEncoder().encode(text)) as [Uint8Array, Uint8Array]
  // A lone continuation, an overlong slash, a surrogate, a cut sequence, beyond U+10FFFF, bytes that never occur.
  const broken = [[0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80], [0xff], [0xfe]]
  return fc.constantFrom(...broken).map((bytes) => Uint8Array.from([...before, ...bytes, ...after]))
}

function isEncoded(value: object | string | Uint8Array): value is string | Uint8Array {
  return typeof value === 'string' || value instanceof Uint8Array
}
