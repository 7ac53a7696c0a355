import type { FirehoseRecord, FirehoseTransformationEvent } from '../../firehose/event.ts'
import type { FirehoseSettings, Source } from './firehose-options.ts'

/** What every source knows of a record. */
export interface Arrival {
  /** 56 digits. */
  readonly sequenceNumber: string
  /** How many records came before it. */
  readonly sequence: number
  /** Kinesis only. */
  readonly partitionKey: string
  /** Epoch milliseconds. */
  readonly arrivedAt: number
  readonly rawData: string
}

type Stream = Pick<FirehoseSettings, 'deliveryStreamName' | 'region' | 'accountId' | 'source'>

/** How a source writes its records, and what it adds to the event. A new source is one entry of `SHAPES`. */
interface SourceShape {
  readonly payloadKey: 'data' | 'kafkaRecordValue'
  readonly toRecord: (arrival: Arrival) => FirehoseRecord
  readonly origin: (stream: Stream) => Pick<FirehoseTransformationEvent, 'sourceKinesisStreamArn' | 'sourceMSKArn'>
}

/** The event of every source. https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html */
export const SHAPES: Readonly<Record<Source, SourceShape>> = {
  'direct-put': {
    payloadKey: 'data',
    toRecord: ({ sequenceNumber, arrivedAt, rawData }) => {
      return { recordId: sequenceNumber, approximateArrivalTimestamp: arrivedAt, data: rawData }
    },
    origin: () => ({}),
  },
  kinesis: {
    payloadKey: 'data',
    toRecord: ({ sequenceNumber, partitionKey, arrivedAt, rawData }) => ({
      recordId: `${sequenceNumber}000000`,
      approximateArrivalTimestamp: arrivedAt,
      data: rawData,
      kinesisRecordMetadata: {
        sequenceNumber,
        subsequenceNumber: 0,
        partitionKey,
        shardId: 'shardId-000000000000',
        approximateArrivalTimestamp: arrivedAt,
      },
    }),
    origin: ({ deliveryStreamName, region, accountId }) => {
      return { sourceKinesisStreamArn: `arn:aws:kinesis:${region}:${accountId}:stream/${deliveryStreamName}` }
    },
  },
  msk: {
    payloadKey: 'kafkaRecordValue',
    toRecord: ({ sequenceNumber, sequence, arrivedAt, rawData }) => ({
      recordId: sequenceNumber,
      approximateArrivalTimestamp: arrivedAt,
      mskRecordMetadata: { offset: String(sequence), partitionId: '0', approximateArrivalTimestamp: arrivedAt },
      kafkaRecordValue: rawData,
    }),
    origin: ({ deliveryStreamName, region, accountId }) => {
      const cluster = `${deliveryStreamName}/00000000-0000-0000-0000-000000000000-1`
      return { sourceMSKArn: `arn:aws:kafka:${region}:${accountId}:cluster/${cluster}` }
    },
  },
}

/** Builds the event of one invocation. */
export function buildInvocation(
  stream: Stream,
  invocationId: string,
  records: readonly FirehoseRecord[],
): FirehoseTransformationEvent {
  const { deliveryStreamName, region, accountId, source } = stream
  return {
    invocationId,
    deliveryStreamArn: `arn:aws:firehose:${region}:${accountId}:deliverystream/${deliveryStreamName}`,
    region,
    ...SHAPES[source].origin(stream),
    records,
  }
}
