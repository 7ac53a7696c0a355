import * as fc from 'fast-check'
import type { FirehoseTransformationEvent } from '../firehose/event.ts'
import { SOURCES, type Source } from '../firehose/source.ts'
import { createEncodedEvent, toBase64 } from './event.ts'

/** What a generated event is to be like. */
export interface FirehoseEventConstraints {
  /** What the good records carry; by default any JSON object. Strings and bytes are sent as they are. */
  readonly payload?: fc.Arbitrary<object | string | Uint8Array>
  /** By default any of the three. */
  readonly source?: Source
  /** By default 8. */
  readonly maxRecords?: number
}

/**
 * Whole events as Firehose sends them, with good payloads and garbage mixed, in any order, of any source: for the law that
 * a router answers every record whatever comes.
 */
export function firehoseEvents(constraints: FirehoseEventConstraints = {}): fc.Arbitrary<FirehoseTransformationEvent> {
  const { payload = fc.dictionary(fc.string(), fc.jsonValue()), source, maxRecords = 8 } = constraints
  const good = payload.chain((value) => (isText(value) ? fc.constant(value) : jsonTexts(fc.constant(value))))
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

/** Values in every dress that JSON allows: indented, with white space around, with all that is not ASCII escaped. */
export function jsonTexts(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const dresses: ((text: string) => string)[] = [
    (text) => text,
    // SES ends every event with a newline.
    (text) => `${text}\n`,
    (text) => ` \t\r\n${text}\n\n`,
    (text) => JSON.stringify(JSON.parse(text), null, 2),
    (text) => text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ]
  return fc.tuple(value, fc.constantFrom(...dresses)).map(([inner, dress]) => dress(JSON.stringify(inner)))
}

/** Payloads that are no JSON object: every one of them has to fail, and alone. */
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

/** Texts where base64 should be: foreign characters, the URL alphabet, padding that is missing or in the middle. */
export function brokenBase64(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom('=', '====', 'e30', 'e30==', 'e3=0', 'e30-', 'e30_', ' e30=', 'e30=\n', '{"a":1}!', 'ŁŁŁŁ'),
    fc.base64String({ minLength: 4 }).map((text) => `${text.replace(/=+$/, '')}*===`.slice(0, text.length + 3)),
    fc.base64String({ minLength: 4 }).map((text) => `${text}A`),
  )
}

/** An object that would be fine but for one byte inside a string. */
function invalidUtf8(): fc.Arbitrary<Uint8Array> {
  const [before, after] = ['{"a":"', '"}'].map((text) => new TextEncoder().encode(text)) as [Uint8Array, Uint8Array]
  // A lone continuation, an overlong slash, a surrogate, a cut sequence, beyond U+10FFFF, bytes that never occur.
  const broken = [[0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80], [0xff], [0xfe]]
  return fc.constantFrom(...broken).map((bytes) => Uint8Array.from([...before, ...bytes, ...after]))
}

function isText(value: object | string | Uint8Array): value is string | Uint8Array {
  return typeof value === 'string' || value instanceof Uint8Array
}
