import type { FirehoseRecord, FirehoseTransformationEvent, KinesisRecordMetadata, MskRecordMetadata } from './event.ts'

/** Where the records of a delivery stream come from. */
export type Source = 'direct-put' | 'kinesis' | 'msk'

/** The key that a record and its answer have their payload under. */
export type PayloadKey = 'data' | 'kafkaRecordValue'

/** One record, as every source knows it. */
export interface ArrivedRecord {
  readonly recordId: string
  /** Epoch milliseconds. */
  readonly arrivedAt: number
  /** The payload in base64. */
  readonly payload: string
  /** How many records came before it. */
  readonly index: number
  /** Kinesis only. */
  readonly sequenceNumber: string
  /** Kinesis only. */
  readonly partitionKey: string
}

/** A delivery stream, as far as its source's ARN follows from it. */
export interface SourceStream {
  readonly region: string
  readonly accountId: string
  /** The name of the Kinesis stream, or of the Kafka cluster. */
  readonly name: string
}

/** How a source writes its records, and what it adds to an invocation. */
export interface SourceShape {
  readonly payloadKey: PayloadKey
  readonly toRecord: (record: ArrivedRecord) => FirehoseRecord
  readonly toSourceArns: (
    stream: SourceStream,
  ) => Pick<FirehoseTransformationEvent, 'sourceKinesisStreamArn' | 'sourceMSKArn'>
}

/**
 * The shape of every source. A new source is one entry here.
 * https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 */
export const SOURCE_SHAPES: { readonly [Name in Source]: SourceShape } = {
  'direct-put': {
    payloadKey: 'data',
    toRecord: ({ recordId, arrivedAt, payload }) => {
      return { recordId, approximateArrivalTimestamp: arrivedAt, data: payload }
    },
    toSourceArns: () => ({}),
  },
  kinesis: {
    payloadKey: 'data',
    toRecord: ({ recordId, arrivedAt, payload, sequenceNumber, partitionKey }) => {
      const kinesisRecordMetadata: KinesisRecordMetadata = {
        sequenceNumber,
        subsequenceNumber: 0,
        partitionKey,
        shardId: 'shardId-000000000000',
        approximateArrivalTimestamp: arrivedAt,
      }
      return { recordId, approximateArrivalTimestamp: arrivedAt, data: payload, kinesisRecordMetadata }
    },
    toSourceArns: ({ region, accountId, name }) => {
      return { sourceKinesisStreamArn: `arn:aws:kinesis:${region}:${accountId}:stream/${name}` }
    },
  },
  msk: {
    payloadKey: 'kafkaRecordValue',
    toRecord: ({ recordId, arrivedAt, payload, index }) => {
      const mskRecordMetadata: MskRecordMetadata = {
        offset: String(index),
        partitionId: '0',
        approximateArrivalTimestamp: arrivedAt,
      }
      return {
        recordId,
        approximateArrivalTimestamp: arrivedAt,
        mskRecordMetadata,
        kafkaRecordValue: payload,
      }
    },
    toSourceArns: ({ region, accountId, name }) => {
      const cluster = `${name}/00000000-0000-4000-8000-000000000000-1`
      return { sourceMSKArn: `arn:aws:kafka:${region}:${accountId}:cluster/${cluster}` }
    },
  },
}

/** All sources. */
export const SOURCES: readonly Source[] = /* @__PURE__ */ Object.keys(SOURCE_SHAPES) as readonly Source[]

/** The payload of a record in base64, from any source. */
export function payloadOf(record: FirehoseRecord): string | undefined {
  return record.data ?? record.kafkaRecordValue
}

/** The key that a record has its payload under. */
export function payloadKeyOf({ data, kafkaRecordValue }: Partial<Pick<FirehoseRecord, PayloadKey>>): PayloadKey {
  return typeof data !== 'string' && kafkaRecordValue !== undefined ? 'kafkaRecordValue' : 'data'
}

/** The partition key of a record that came from a Kinesis stream. */
export function partitionKeyOf(record: FirehoseRecord): string | undefined {
  return record.data === undefined ? undefined : record.kinesisRecordMetadata?.partitionKey
}

/** The metadata that its source added to a record, at most one of the two. */
export interface SourceMetadata {
  readonly kinesis?: KinesisRecordMetadata | undefined
  readonly msk?: MskRecordMetadata | undefined
}

/** Reads what its source added to a record. */
export function sourceMetadataOf(record: FirehoseRecord): SourceMetadata {
  return {
    kinesis: 'kinesisRecordMetadata' in record ? record.kinesisRecordMetadata : undefined,
    msk: 'mskRecordMetadata' in record ? record.mskRecordMetadata : undefined,
  }
}

/** Writes a record with the metadata of its source. */
export function recordWithMetadata(
  record: Pick<FirehoseRecord, 'recordId' | 'approximateArrivalTimestamp'>,
  { kinesis, msk }: SourceMetadata,
  payload: string,
): FirehoseRecord {
  if (msk !== undefined) return { ...record, mskRecordMetadata: msk, kafkaRecordValue: payload }
  if (kinesis !== undefined) return { ...record, kinesisRecordMetadata: kinesis, data: payload }
  return { ...record, data: payload }
}
