export { type DdlOptions, toAthenaDdl } from './athena.ts'
export { type CloudFormationTemplate, toCloudFormation } from './cloudformation.ts'
export type { CreateOptions } from './create-options.ts'
export {
  type FirehoseTable,
  type FirehoseTablesOptions,
  type TerraformFirehoseTable,
  toFirehoseTables,
  toTerraformFirehoseTables,
} from './firehose-tables.ts'
export { type GlueColumn, type GlueStorageDescriptor, toGlueStorageDescriptor } from './glue.ts'
export { toIcebergPartitionSpec, toIcebergSchema } from './iceberg.ts'
export type { IcebergPartitionSpec, IcebergSchema } from './iceberg-type.ts'
export { type IdLock, type LockedTable, lockIds } from './id-lock.ts'
export {
  type JqProcessing,
  type TerraformJqProcessing,
  toJqProcessing,
  toTerraformJqProcessing,
} from './jq/processing.ts'
export { type JqExport, type JqOptions, type JqSource, toJq } from './jq/to-jq.ts'
export {
  type S3TablesMaintenanceRequest,
  type S3TablesOptions,
  type S3TablesRequest,
  toS3Tables,
  toS3TablesCloudFormation,
  toS3TablesMaintenance,
} from './s3-tables.ts'
export type { SortColumn } from './sort-order.ts'
export {
  type OptimizerSettings,
  type TableOptimizerRequest,
  type TableOptimizersOptions,
  toTableOptimizers,
} from './table-optimizers.ts'
export { type TerraformConfiguration, toTerraform } from './terraform.ts'
