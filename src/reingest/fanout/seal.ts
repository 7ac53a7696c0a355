import { Buffer } from '../../firehose/buffer.ts'
import type { JsonObject } from '../../firehose/decode.ts'
import type { ReingestTarget } from '../../router/target.ts'

/** The only key of an envelope. No event has it by accident: no convention of names begins with a tilde. */
export const ENVELOPE_KEY = '~firehose-iceberg-router'

/** The route of rows out of envelopes, for reports. */
export const REINGESTED_ROUTE = 'reingested'

/** Raised when the format changes; an older router must refuse what it cannot read. */
const VERSION = 1

/** How often a record may go back onto the stream, and each row that came of it. */
export const MAX_HOPS = 3

type Signer = ReingestTarget['signer']

/** An envelope as text in two parts: what is in it, and the row or the event itself. */
export interface Envelope {
  readonly head: string
  readonly body: string
}

/** Tells an envelope from an event: one object under one reserved key. */
export function isEnvelope(event: JsonObject): boolean {
  // No prototype has the key: reading it is enough for nearly all events.
  return event[ENVELOPE_KEY] !== undefined && Object.keys(event).length === 1
}

/** Writes an envelope as the bytes of a record. May throw what the signer throws. */
export function sealEnvelope(head: object, body: string, signer: Signer): Uint8Array {
  const headText = JSON.stringify(head)
  const signature = signer === undefined ? {} : { signature: signer.sign(signed({ head: headText, body })) }
  const envelope = { version: VERSION, head: headText, body, ...signature }
  return Buffer.from(JSON.stringify({ [ENVELOPE_KEY]: envelope }), 'utf8')
}

/** Reads an envelope; what comes out is still the word of whoever wrote it, unless there is a signer. */
export function readEnvelope(event: JsonObject, signer: Signer): Envelope | 'EnvelopeInvalid' | 'EnvelopeForged' {
  const content = event[ENVELOPE_KEY]
  if (typeof content !== 'object' || content === null) return 'EnvelopeInvalid'
  const { version, head, body, signature } = content as { readonly [key: string]: unknown }
  if (version !== VERSION || typeof head !== 'string' || typeof body !== 'string') return 'EnvelopeInvalid'
  const envelope = { head, body }
  return signer === undefined || verifies(envelope, signature, signer) ? envelope : 'EnvelopeForged'
}

/** Whatever a signer does, a record cannot make the router throw. */
function verifies(envelope: Envelope, signature: unknown, signer: NonNullable<Signer>): boolean {
  try {
    return typeof signature === 'string' && signer.verify(signed(envelope), signature) === true
  } catch {
    return false
  }
}

/** As a list, so that no text can be moved from one part into the other. */
function signed({ head, body }: Envelope): string {
  return JSON.stringify([ENVELOPE_KEY, VERSION, head, body])
}
