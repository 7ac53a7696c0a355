import { Buffer } from 'node:buffer'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../firehose/event.ts'

/** Where a stream takes its records from; each source has a shape of its own. */
export type Source = 'direct-put' | 'kinesis' | 'msk'

/** All sources: for tests that run once for each. */
export const SOURCES: readonly Source[] = ['direct-put', 'kinesis', 'msk']

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

/** What a record may carry: an object is printed as JSON, a text or bytes are sent as they are. */
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

/** As `createFirehoseEvent`, from texts that are (or only claim to be) base64. */
export function createEncodedEvent(
  payloads: readonly string[],
  options: FirehoseEventOptions,
): FirehoseTransformationEvent {
  const { source, invocationId, deliveryStreamArn, arrivalTimestampMs } = { ...DEFAULTS, ...options }
  const { recordId = (index) => defaultRecordId(source, index) } = options
  const records = payloads.map((payload, index) => {
    return shapes[source](payload, { recordId: recordId(index), index, arrivalTimestampMs: arrivalTimestampMs + index })
  })
  return { invocationId, deliveryStreamArn, region: REGION, ...sourceArns[source], records }
}

/** The payload of a record as it travels. */
export function toBase64(payload: Payload): string {
  if (payload instanceof Uint8Array) return Buffer.from(payload).toString('base64')
  return Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload), 'utf8').toString('base64')
}

const sourceArns: { readonly [S in Source]: Partial<FirehoseTransformationEvent> } = {
  'direct-put': {},
  kinesis: { sourceKinesisStreamArn: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/events` },
  msk: { sourceMSKArn: `arn:aws:kafka:${REGION}:${ACCOUNT}:cluster/events/00000000-0000-4000-8000-000000000000-1` },
}

interface Position {
  readonly recordId: string
  readonly index: number
  readonly arrivalTimestampMs: number
}

type Shape = (payload: string, position: Position) => FirehoseRecord

const shapes: { readonly [S in Source]: Shape } = {
  'direct-put': (data, { recordId, arrivalTimestampMs }) => {
    return { recordId, approximateArrivalTimestamp: arrivalTimestampMs, data }
  },
  kinesis: (data, { recordId, index, arrivalTimestampMs }) => {
    const kinesisRecordMetadata = {
      sequenceNumber: sequenceNumber(index),
      subsequenceNumber: 0,
      partitionKey: `key-${index}`,
      shardId: 'shardId-000000000000',
      approximateArrivalTimestamp: arrivalTimestampMs,
    }
    return { recordId, approximateArrivalTimestamp: arrivalTimestampMs, data, kinesisRecordMetadata }
  },
  msk: (kafkaRecordValue, { recordId, index, arrivalTimestampMs }) => {
    const mskRecordMetadata = {
      offset: String(index),
      partitionId: '0',
      approximateArrivalTimestamp: arrivalTimestampMs,
    }
    return { recordId, approximateArrivalTimestamp: arrivalTimestampMs, mskRecordMetadata, kafkaRecordValue }
  },
}

/** 56 digits, as both observed sources have them; nothing may be read out of an id. */
function defaultRecordId(source: Source, index: number): string {
  return source === 'kinesis' ? `${sequenceNumber(index)}000000`.padEnd(56, '0') : digits(index)
}

function sequenceNumber(index: number): string {
  return digits(index)
}

function digits(index: number): string {
  return `4954${String(index).padStart(52, '0')}`
}
