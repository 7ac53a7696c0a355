/** What Firehose does with a row: append it, upsert it by the table's keys, or delete by them. */
export type Operation = 'insert' | 'update' | 'delete'

/** Every operation, for checks at run time. */
export const OPERATIONS: readonly Operation[] = ['insert', 'update', 'delete']

/**
 * Routing of one row ("otf" is open table format).
 * https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-format-input-record-different.html
 */
export interface OtfMetadata {
  readonly destinationDatabaseName: string
  readonly destinationTableName: string
  /** Left out for append-only streams; Firehose then inserts. */
  readonly operation?: Operation
}

/** The answer with a row for a table. The row has the same key as the record's payload. */
export interface OkRecord {
  readonly recordId: string
  readonly result: 'Ok'
  /** The row as base64 of one JSON object; absent for MSK sources. */
  readonly data?: string
  /** The row as base64 of one JSON object, for MSK sources. */
  readonly kafkaRecordValue?: string
  readonly metadata: { readonly otfMetadata: OtfMetadata }
}

/** The answer that drops a record; Firehose's own metrics do not show it. */
export interface DroppedRecord {
  readonly recordId: string
  readonly result: 'Dropped'
}

/** The answer that sends a record, with its original bytes, to the stream's error output under `processing-failed/`. */
export interface ProcessingFailedRecord {
  readonly recordId: string
  readonly result: 'ProcessingFailed'
  /** The original payload; Firehose ignores it, so it is left out if it would not fit into the response. */
  readonly data?: string
  readonly kafkaRecordValue?: string
}

/** The answer for one record. */
export type FirehoseResponseRecord = OkRecord | DroppedRecord | ProcessingFailedRecord

/** What a transformation Lambda returns: one answer for every record of the event. */
export interface FirehoseTransformationResponse {
  readonly records: FirehoseResponseRecord[]
}
