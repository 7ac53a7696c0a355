/**
 * What Firehose adds to a record that came from a Kinesis data stream.
 * https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 */
export interface KinesisRecordMetadata {
  readonly sequenceNumber: string
  /** A number in every event seen; `@types/aws-lambda` declares a string, so both are accepted. */
  readonly subsequenceNumber: string | number
  readonly partitionKey: string
  readonly shardId: string
  /** Epoch milliseconds. */
  readonly approximateArrivalTimestamp: number
}

/** What Firehose adds to a record that came from an Amazon MSK topic. The Kafka key and headers are not passed on. */
export interface MskRecordMetadata {
  readonly offset: string
  readonly partitionId: string
  /** Epoch milliseconds. */
  readonly approximateArrivalTimestamp: number
}

interface RecordBase {
  /** Opaque; never parse it. Stable over the retries of a batch, unlike `invocationId`. */
  readonly recordId: string
  /** Epoch milliseconds. */
  readonly approximateArrivalTimestamp: number
}

/** A record of a Direct PUT stream, or of a Kinesis data stream if it has `kinesisRecordMetadata`. */
export interface DataRecord extends RecordBase {
  /** The payload in base64; `""` for an empty record. */
  readonly data: string
  readonly kinesisRecordMetadata?: KinesisRecordMetadata | undefined
  readonly kafkaRecordValue?: undefined
}

/** A record of an Amazon MSK topic. Its payload has another key, which the answer has to use as well. */
export interface MskRecord extends RecordBase {
  /** The payload in base64. */
  readonly kafkaRecordValue: string
  readonly mskRecordMetadata?: MskRecordMetadata | undefined
  readonly data?: undefined
}

/** One record of a transformation event, as any of the three sources sends it. */
export type FirehoseRecord = DataRecord | MskRecord

/** What Firehose sends to a transformation Lambda. Events typed by `@types/aws-lambda` are assignable to it. */
export interface FirehoseTransformationEvent {
  /** New on every retry of the same batch: useless as an idempotency key. */
  readonly invocationId: string
  readonly deliveryStreamArn: string
  readonly region: string
  readonly sourceKinesisStreamArn?: string | undefined
  readonly sourceMSKArn?: string | undefined
  readonly records: readonly FirehoseRecord[]
}
