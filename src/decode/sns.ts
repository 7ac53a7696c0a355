import type { JsonObject } from '../firehose/decode.ts'
import type { Decoder } from '../router/decoder.ts'
import { json } from './json-decoder.ts'
import { envelopeDecoder } from './unwrap.ts'

/**
 * A notification of Amazon SNS with its message decoded. A subscription with raw message delivery has no envelope: decode its
 * records without `sns`.
 * https://docs.aws.amazon.com/sns/latest/dg/firehose-message-formats.html
 */
export interface SnsEvent<Message = JsonObject> {
  readonly Type: string
  readonly MessageId: string
  readonly TopicArn: string
  readonly Subject?: string | null
  /** What the inner decoder made of the message. */
  readonly Message: Message
  /** ISO 8601, in milliseconds. */
  readonly Timestamp: string
  readonly MessageAttributes?: { readonly [name: string]: { readonly Type: string; readonly Value: string } }
}

const SHAPE = {
  name: 'an SNS notification',
  keys: { Type: 'string', MessageId: 'string', TopicArn: 'string', Message: 'string', Timestamp: 'string' },
} as const

/** Reads a notification of SNS; its message is read by another decoder, by default `json()`. */
export function sns<Message = JsonObject>(message: Decoder<Message> = json<Message>()): Decoder<SnsEvent<Message>> {
  return envelopeDecoder({ name: 'sns', shape: SHAPE, key: 'Message' }, message)
}
