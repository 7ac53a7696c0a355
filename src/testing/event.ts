import { Buffer } from 'node:buffer'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../firehose/event.ts'

/** The source of a stream; each source has its own shape of event. */
export type Source = 'direct-put' | 'kinesis' | 'msk'

/** All sources, for tests that run once for each. */
export const SOURCES: readonly Source[] = ['direct-put', 'kinesis', 'msk']

/** Settings of {@link createFirehoseEvent}; all have defaults. */
export interface FirehoseEventOptions {
  /** By default `direct-put`. */
  readonly source?: Source
  readonly invocationId?: string
  readonly deliveryStreamArn?: string
  /** Arrival of the first record in epoch milliseconds; each further record arrives a millisecond later. */
  readonly arrivalTimestampMs?: number
  /** The id of a record by its position. Default ids look like those of the source and are the same in every run. */
  readonly recordId?: (index: number) => string
}

/** The payload of a record: an object is written as JSON; a string or bytes stay as they are. */
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
 * Builds the event that Firehose sends to a transformation Lambda, in the shape of one of the three sources. The same payloads
 * always give the same event.
 */
export function createFirehoseEvent(
  payloads: readonly Payload[],
  options: FirehoseEventOptions = {},
): FirehoseTransformationEvent {
  return createEncodedEvent(payloads.map(toBase64), options)
}

/** As `createFirehoseEvent`, from payloads that are base64 already, or that are invalid base64 on purpose. */
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

/** Encodes the payload of a record. */
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

/** 56 digits, like the ids of Direct PUT and Kinesis streams. Ids have no meaning. */
function defaultRecordId(source: Source, index: number): string {
  return source === 'kinesis' ? `${sequenceNumber(index)}000000`.padEnd(56, '0') : digits(index)
}

function sequenceNumber(index: number): string {
  return digits(index)
}

function digits(index: number): string {
  return `4954${String(index).padStart(52, '0')}`
}
