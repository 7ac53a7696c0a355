export { type ErrorCode, IcebergRouterError, isIcebergRouterError } from './error.ts'
export type { DecodeCode, JsonObject } from './firehose/decode.ts'
export type {
  DataRecord,
  FirehoseRecord,
  FirehoseTransformationEvent,
  KinesisRecordMetadata,
  MskRecord,
  MskRecordMetadata,
} from './firehose/event.ts'
export { MAX_RECORD_BYTES, MAX_RESPONSE_BYTES } from './firehose/limits.ts'
export type {
  DroppedRecord,
  FirehoseResponseRecord,
  FirehoseTransformationResponse,
  OkRecord,
  Operation,
  OtfMetadata,
  ProcessingFailedRecord,
} from './firehose/response.ts'
export type { Matched, Matcher, Unmatched } from './match/matcher.ts'
export type { AnyPattern, Literal, Narrow, Pattern } from './match/pattern.ts'
export type { SchemaIssue, SchemaResult, StandardSchema } from './match/schema.ts'
export { type BatchReport, type FailureGroup, type OnBatch, printFailures } from './report/report.ts'
export type { BatchResult } from './router/batch/batch.ts'
export type { RouterOptions } from './router/options.ts'
export type { Delivered, Dropped, Failed, Failure, FailureCode, Outcome } from './router/outcome.ts'
export type { Ending, OperationOf, Route, RowFor } from './router/route.ts'
export {
  createIcebergRouter,
  type FinishedRouter,
  type FirehoseHandler,
  type IcebergRouter,
  type NotExhaustive,
} from './router/router.ts'
export { type DdlOptions, toAthenaDdl } from './table/artefacts/athena.ts'
export { type Column, type ColumnOptions, type Columns, nullable, type TypeName } from './table/column.ts'
export { createRowEncoder, type RowEncoder } from './table/encoder.ts'
export { Refusal, type RowCode } from './table/refusal.ts'
export { defineTable, type KeyOf, type RowOf, type Table, type TableOptions, type ValueOf } from './table/table.ts'
export { boolean } from './table/types/boolean.ts'
export { date } from './table/types/date.ts'
export { double } from './table/types/double.ts'
export { int } from './table/types/int.ts'
export { type JsonInput, json } from './table/types/json.ts'
export { long } from './table/types/long.ts'
export { string } from './table/types/string.ts'
export { type TimestampInput, timestamp, timestamptz } from './table/types/timestamp.ts'
