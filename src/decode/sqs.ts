import type { JsonObject } from '../firehose/decode.ts'
import type { Decoder } from '../router/decoder.ts'
import { json } from './json-decoder.ts'
import { envelopeDecoder } from './unwrap.ts'

/**
 * A message of Amazon SQS with its body decoded, as a pipe of EventBridge sends it.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export interface SqsEvent<Body = JsonObject> {
  readonly messageId: string
  readonly receiptHandle?: string
  /** What the inner decoder made of the body. */
  readonly body: Body
  /** Numbers as strings: `SentTimestamp` is in epoch milliseconds. */
  readonly attributes: { readonly [name: string]: string }
  readonly messageAttributes?: { readonly [name: string]: JsonObject }
  readonly md5OfBody?: string
  readonly eventSource: string
  readonly eventSourceARN: string
  readonly awsRegion?: string
}

const SHAPE = {
  name: 'an SQS message',
  keys: { messageId: 'string', body: 'string', attributes: 'object', eventSource: 'string', eventSourceARN: 'string' },
} as const

/** Reads a message of SQS; its body is read by another decoder, by default `json()`. */
export function sqs<Body = JsonObject>(body: Decoder<Body> = json<Body>()): Decoder<SqsEvent<Body>> {
  return envelopeDecoder({ name: 'sqs', shape: SHAPE, key: 'body' }, body)
}
