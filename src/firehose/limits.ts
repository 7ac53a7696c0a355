/**
 * Largest response in bytes that a synchronous Lambda invocation may return; one byte more fails the whole batch
 * (`Function.ResponseSizeTooLarge`).
 */
export const MAX_RESPONSE_BYTES = 6_291_556

/** Largest record in bytes before base64 (1,000 KiB). https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
export const MAX_RECORD_BYTES = 1_024_000

/** Deepest nesting of a row that Firehose accepts. https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-considerations.html */
export const MAX_ROW_DEPTH = 16
