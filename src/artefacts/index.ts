export { type JqExport, type JqOptions, type JqSource, toJq } from '../jq/jq.ts'
export {
  type JqProcessing,
  type TerraformJqProcessing,
  toJqProcessing,
  toTerraformJqProcessing,
} from '../jq/processing.ts'
export { type DdlOptions, toAthenaDdl } from '../table/artefacts/athena.ts'
export { type CloudFormationTemplate, toCloudFormation } from '../table/artefacts/cloudformation.ts'
export type { CreateOptions } from '../table/artefacts/create-options.ts'
export {
  type FirehoseTable,
  type FirehoseTablesOptions,
  type TerraformFirehoseTable,
  toFirehoseTables,
  toTerraformFirehoseTables,
} from '../table/artefacts/firehose.ts'
export { type GlueColumn, type GlueStorageDescriptor, toGlueStorageDescriptor } from '../table/artefacts/glue.ts'
export { toIcebergPartitionSpec, toIcebergSchema } from '../table/artefacts/iceberg.ts'
export { type TerraformConfiguration, toTerraform } from '../table/artefacts/terraform.ts'
export type { IcebergPartitionSpec, IcebergSchema } from '../table/artefacts/types.ts'
