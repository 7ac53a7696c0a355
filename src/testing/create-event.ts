import { Buffer } from 'node:buffer'
import type { FirehoseTransformationEvent } from '../firehose/event.ts'
import { SOURCE_SHAPES, type Source } from '../firehose/stream-source.ts'

/** Settings of {@link createFirehoseEvent}; all of them have defaults. */
export interface FirehoseEventOptions {
  /** By default `direct-put`. */
  readonly source?: Source
  readonly invocationId?: string
  readonly deliveryStreamArn?: string
  /** Arrival of the first record in epoch milliseconds; every further one arrives a millisecond later. */
  readonly arrivalTimestampMs?: number
  /** The id of each record, by its position. By default ids look like the source's and are the same in every run. */
  readonly recordId?: (index: number) => string
}

/** What a record may carry: an object is printed as JSON, a string or bytes are sent unchanged. */
export type Payload = object | string | Uint8Array

const REGION = 'us-east-1'
const ACCOUNT = '111122223333'

const DEFAULTS = {
  source: 'direct-put' as Source,
  invocationId: '00000000-0000-4000-8000-000000000000',
  deliveryStreamArn: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/events`,
  arrivalTimestampMs: Date.UTC(2026, 0, 1),
}

/**
 * Builds the event that Firehose sends to a transformation Lambda, as one of the three sources shapes it. Nothing in it is
 * random: the same payloads give the same event.
 */
export function createFirehoseEvent(
  payloads: readonly Payload[],
  options: FirehoseEventOptions = {},
): FirehoseTransformationEvent {
  return createEncodedEvent(payloads.map(toBase64), options)
}

/** Like `createFirehoseEvent`, but from strings that are base64, valid or not. */
export function createEncodedEvent(
  payloads: readonly string[],
  options: FirehoseEventOptions,
): FirehoseTransformationEvent {
  const { source, invocationId, deliveryStreamArn, arrivalTimestampMs } = { ...DEFAULTS, ...options }
  const { recordId = (index) => defaultRecordId(source, index) } = options
  const records = payloads.map((payload, index) => {
    return SOURCE_SHAPES[source].toRecord({
      recordId: recordId(index),
      arrivedAt: arrivalTimestampMs + index,
      payload,
      index,
      sequenceNumber: sequenceNumber(index),
      partitionKey: `key-${index}`,
    })
  })
  const origin = SOURCE_SHAPES[source].toSourceArns({ region: REGION, accountId: ACCOUNT, name: 'events' })
  return { invocationId, deliveryStreamArn, region: REGION, ...origin, records }
}

/** The payload of a record as it travels. */
export function toBase64(payload: Payload): string {
  if (payload instanceof Uint8Array) return Buffer.from(payload).toString('base64')
  return Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload), 'utf8').toString('base64')
}

/** 56 digits, as both observed sources have them; nothing may be read out of an id. */
function defaultRecordId(source: Source, index: number): string {
  return source === 'kinesis' ? `${sequenceNumber(index)}000000` : sequenceNumber(index)
}

function sequenceNumber(index: number): string {
  return `4954${String(index).padStart(52, '0')}`
}
