export type { Source } from '../firehose/stream-source.ts'
export type { CatalogTable } from './firehose/catalog.ts'
export type { DeliveredCount, DeliverySummary, FailedCount } from './firehose/delivery-summary.ts'
export { createLocalFirehose, type LocalFirehose } from './firehose/firehose.ts'
export type {
  DeliverySettings,
  FirehoseBehaviour,
  LocalFirehoseOptions,
  TransformSettings,
} from './firehose/firehose-options.ts'
export type { HandlerCallback, LambdaContext, TransformationHandler } from './firehose/lambda-handler.ts'
export { type ErrorEntry, type ErrorRecord, readErrors } from './firehose/read-errors.ts'
export type { RecordFailure } from './firehose/record-failure.ts'
export type { Disk as WarehouseDisk } from './warehouse/disk.ts'
export type {
  CheckedRow,
  CommitSummary,
  RowChange,
  RowRejection,
  StoredRow,
  StoredValue,
  TableState,
  Warehouse,
  WarehouseTable,
} from './warehouse/types.ts'
export { createWarehouse, type WarehouseOptions } from './warehouse/warehouse.ts'
