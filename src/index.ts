export { type DeadLetterTable, deadLetterTable } from './dead-letter/dead-letter-table.ts'
export { type ErrorCode, IcebergRouterError, isIcebergRouterError } from './error.ts'
export type { JsonObject } from './firehose/decode.ts'
export type {
  DataRecord,
  FirehoseRecord,
  FirehoseTransformationEvent,
  KinesisRecordMetadata,
  MskRecord,
  MskRecordMetadata,
} from './firehose/event.ts'
export type {
  DroppedRecord,
  FirehoseResponseRecord,
  FirehoseTransformationResponse,
  OkRecord,
  Operation,
  OtfMetadata,
  ProcessingFailedRecord,
} from './firehose/response.ts'
export type { Matcher } from './match/matcher.ts'
export type { Pattern } from './match/pattern.ts'
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
export type { RouterDefinition } from './router/model.ts'
export type { DecodeOption, RouterOptions } from './router/options.ts'
export type {
  Disposition,
  Route,
  RowTo,
  SelectTransform,
} from './router/route.ts'
export {
  createIcebergRouter,
  type FinishedRouter,
  type IcebergRouter,
} from './router/router.ts'
export { rowId } from './router/row-id.ts'
export { rowTo } from './router/row-to.ts'
export { select } from './router/select.ts'
export type { ReingestTarget } from './router/target.ts'
export type { Selection } from './select/compile-selection.ts'
export * as s from './select/s.ts'
export type { StandardSchema } from './standard-schema.ts'
export type { Column, ColumnOptions, Columns, ColumnType } from './table/column.ts'
export { type Field, fieldsOf } from './table/fields.ts'
export type { ValueOf } from './table/row-type.ts'
export * as t from './table/t.ts'
export {
  defineTable,
  type KeyOf,
  type PartitionOf,
  type RowOf,
  type Table,
  type TableOptions,
} from './table/table.ts'
