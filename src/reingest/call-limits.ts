/** The limits of one call to a service. Bytes are raw, before base64. */
export interface CallLimits {
  readonly callRecords: number
  readonly callBytes: number
  readonly recordBytes: number
}

/** `PutRecordBatch`. https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html */
export const PUT_RECORD_BATCH: CallLimits = { callRecords: 500, callBytes: 4_194_304, recordBytes: 1_024_000 }

/**
 * `PutRecords`; partition keys count. A record may have 1 MiB, or up to 10 MiB if the stream is configured for it.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 */
export const PUT_RECORDS: CallLimits = { callRecords: 500, callBytes: 10_485_760, recordBytes: 1_048_576 }

/** The largest `MaxRecordSizeInKiB` that a Kinesis stream can have, in bytes. */
export const MAX_KINESIS_RECORD_BYTES = 10_485_760

/** The longest partition key of a Kinesis record, in characters. */
export const MAX_PARTITION_KEY_LENGTH = 256

/** Firehose waits no longer than this for an invocation, whatever the function's timeout is. */
export const MAX_INVOCATION_MS = 300_000
