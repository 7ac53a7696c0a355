export type { DeadLetterOptions } from './dead-letter/dead-letter-options.ts'
export { type DeadLetterColumns, type DeadLetterTable, deadLetterTable } from './dead-letter/dead-letter-table.ts'
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
export type {
  Delivered,
  Dropped,
  Failed,
  Failure,
  FailureCode,
  IssueSummary,
  Origin,
  Outcome,
  Reingested,
} from './outcome/outcome.ts'
export { isRetryBatchError, RetryBatchError } from './outcome/retry-error.ts'
export { createEmfReporter, type EmfOptions } from './report/emf-reporter.ts'
export type { FailureGroup } from './report/groups.ts'
export type { OnBatch, OnFailure } from './report/hooks.ts'
export { createJsonReporter, type JsonReporterOptions } from './report/json-reporter.ts'
export { printFailures } from './report/print.ts'
export type { BatchReport, CodeCount, TableCount } from './report/report.ts'
export type { BatchResult } from './router/batch.ts'
export type { FirehoseHandler } from './router/handler.ts'
export type { RouteDefinition, RouterDefinition } from './router/model.ts'
export type { RouterOptions } from './router/options.ts'
export type {
  Disposition,
  OperationOf,
  Route,
  RowFor,
  RowTo,
  SelectTransform,
} from './router/route.ts'
export {
  type ContextOptions,
  createIcebergRouter,
  type FinishedRouter,
  type IcebergRouter,
  type NotExhaustive,
} from './router/router.ts'
export { rowId } from './router/row-id.ts'
export { rowTo } from './router/row-to.ts'
export { select } from './router/select.ts'
export type { ReingestContext, ReingestItem, ReingestResult, ReingestTarget } from './router/target.ts'
export type { Selection } from './select/compile.ts'
export * as s from './select/s.ts'
export type { CheckedSelection, Selected } from './select/selected.ts'
export type { Source } from './select/source.ts'
export type { SchemaIssue, SchemaResult, StandardSchema } from './standard-schema.ts'
export { createRowChecker, type RowChecker } from './table/checker.ts'
export type { Column, ColumnOptions, Columns, ColumnType, TypeName } from './table/column.ts'
export { createRowEncoder } from './table/encoder.ts'
export { type Field, fieldsOf } from './table/fields.ts'
export type { PartitionField } from './table/partition.ts'
export { type RowCode, RowIssue } from './table/row-issue.ts'
export type { ValueOf, ValuesOf } from './table/row-type.ts'
export type { RowEncoder } from './table/row-writer.ts'
export * as t from './table/t.ts'
export {
  defineTable,
  type KeyOf,
  type PartitionOf,
  type RowOf,
  type Table,
  type TableOptions,
} from './table/table.ts'
export type { BinaryOptions } from './table/types/binary.ts'
export type { DecimalInput } from './table/types/decimal.ts'
export type { JsonInput } from './table/types/json.ts'
export type { MapInput } from './table/types/map.ts'
export type { TimeInput, TimeOptions } from './table/types/time.ts'
export type { TimestampInput, TimestampOptions } from './table/types/timestamp.ts'
