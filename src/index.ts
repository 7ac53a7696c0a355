export type { QuarantineOptions } from './dead-letter/dead-letter-options.ts'
export { type QuarantineColumns, type QuarantineTable, quarantineTable } from './dead-letter/dead-letter-table.ts'
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
export { createEmfReporter, type EmfOptions } from './report/emf.ts'
export type { FailureGroup } from './report/groups.ts'
export type { OnBatch, OnFailure } from './report/hooks.ts'
export { createJsonReporter, type JsonReporterOptions } from './report/json.ts'
export { printFailures } from './report/print.ts'
export type { BatchReport, CodeCount, TableCount } from './report/report.ts'
export type { BatchResult } from './router/batch.ts'
export type { Declaration, Declarations } from './router/compile.ts'
export type { FirehoseHandler } from './router/handler.ts'
export type { RouterOptions } from './router/options.ts'
export type { Ending, OperationOf, Route, RowFor, SelectRoute } from './router/route.ts'
export {
  type ContextOptions,
  createIcebergRouter,
  type FinishedRouter,
  type IcebergRouter,
  type NotExhaustive,
} from './router/router.ts'
export { rowId } from './router/row-id.ts'
export { type RowTo, to } from './router/row-to.ts'
export type { PutBack, ReingestCall, ReingestItem, ReingestTarget } from './router/target.ts'
export { compileSelection as toTransform, type Selection } from './select/compile.ts'
export type { CheckedSelection, Selected, SourcesOf } from './select/selected.ts'
export {
  type Combinator,
  type ConstantSource,
  constant,
  type DefaultSource,
  type ElementOptions,
  type ElementSource,
  element,
  type FirstSource,
  firstOf,
  type JoinSource,
  type JsonSource,
  joined,
  jsonText,
  type MetadataName,
  type MetadataSource,
  metadata,
  orElse,
  type PathSource,
  path,
  type Source,
} from './select/source.ts'
export type { SchemaIssue, SchemaResult, StandardSchema } from './standard-schema.ts'
export { createRowChecker, type RowChecker } from './table/checker.ts'
export {
  type Column,
  type ColumnOptions,
  type Columns,
  type ColumnType,
  nullable,
  type TypeName,
} from './table/column.ts'
export { createRowEncoder, type RowEncoder } from './table/encoder.ts'
export { type Field, fieldsOf } from './table/fields.ts'
export {
  bucket,
  day,
  hour,
  identity,
  month,
  type PartitionField,
  truncate,
  year,
} from './table/partition.ts'
export { Refusal, type RowCode } from './table/row-issue.ts'
export type { ValueOf, ValuesOf } from './table/row-type.ts'
export {
  defineTable,
  type KeyOf,
  type PartitionOf,
  type RowOf,
  type Table,
  type TableOptions,
} from './table/table.ts'
export { type BinaryOptions, binary, fixed } from './table/types/binary.ts'
export { boolean } from './table/types/boolean.ts'
export { date } from './table/types/date.ts'
export { type DecimalInput, decimal } from './table/types/decimal.ts'
export { double } from './table/types/double.ts'
export { float } from './table/types/float.ts'
export { int } from './table/types/int.ts'
export { type JsonInput, json } from './table/types/json.ts'
export { list } from './table/types/list.ts'
export { long } from './table/types/long.ts'
export { type MapInput, map } from './table/types/map.ts'
export { string } from './table/types/string.ts'
export { struct } from './table/types/struct.ts'
export { type TimeInput, type TimeOptions, time } from './table/types/time.ts'
export { type TimestampInput, type TimestampOptions, timestamp, timestamptz } from './table/types/timestamp.ts'
export { uuid } from './table/types/uuid.ts'
