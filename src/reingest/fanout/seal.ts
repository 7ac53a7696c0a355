import { Buffer } from '../../firehose/buffer.ts'
import type { JsonObject } from '../../firehose/decode.ts'
import { ENVELOPE_KEY } from '../../router/is-envelope.ts'
import type { ReingestTarget } from '../../router/target.ts'
import { observePromises } from '../../unawaited.ts'

/** The version of the format. An older router must refuse a newer version, because it cannot read it. */
const VERSION = 1

/** The number of times that a record, or a row of it, may go back onto the stream. */
export const MAX_HOPS = 3

type Signer = ReingestTarget['signer']

/** The two parts of an envelope, both JSON: the head, which describes the content, and the row or the event itself. */
export interface SealedEnvelope {
  readonly head: string
  readonly body: string
}

/** Writes an envelope as the bytes of a record. Throws what the signer throws. */
export function sealEnvelope(head: object, body: string, signer: Signer): Uint8Array {
  const headText = JSON.stringify(head)
  const signature = signer === undefined ? {} : { signature: sign({ head: headText, body }, signer) }
  const envelope = { version: VERSION, head: headText, body, ...signature }
  return Buffer.from(JSON.stringify({ [ENVELOPE_KEY]: envelope }), 'utf8')
}

function sign(envelope: SealedEnvelope, signer: NonNullable<Signer>): string {
  const signature: unknown = signer.sign(signed(envelope))
  if (typeof signature === 'string') return signature
  observePromises(signature)
  throw new TypeError('expected the signer to return a string')
}

/** Reads an envelope. Without a signer its content is not to be trusted: any producer can write one. */
export function readEnvelope(event: JsonObject, signer: Signer): SealedEnvelope | 'EnvelopeInvalid' | 'EnvelopeForged' {
  const content = event[ENVELOPE_KEY]
  if (typeof content !== 'object' || content === null) return 'EnvelopeInvalid'
  const { version, head, body, signature } = content as { readonly [key: string]: unknown }
  if (version !== VERSION || typeof head !== 'string' || typeof body !== 'string') return 'EnvelopeInvalid'
  const envelope = { head, body }
  return signer === undefined || verifies(envelope, signature, signer) ? envelope : 'EnvelopeForged'
}

/** Verifies a signature, and catches what the signer throws: a record must not make the router throw. */
function verifies(envelope: SealedEnvelope, signature: unknown, signer: NonNullable<Signer>): boolean {
  try {
    if (typeof signature !== 'string') return false
    const answer: unknown = signer.verify(signed(envelope), signature)
    observePromises(answer)
    return answer === true
  } catch {
    return false
  }
}

/** The string that is signed: a list, so that no character can be moved from one part into the other. */
function signed({ head, body }: SealedEnvelope): string {
  return JSON.stringify([ENVELOPE_KEY, VERSION, head, body])
}
