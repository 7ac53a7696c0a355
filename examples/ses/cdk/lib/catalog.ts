import type { CfnResource } from 'aws-cdk-lib'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { createGlueCatalog } from './glue.ts'
import { createS3TablesCatalog } from './s3-tables.ts'
import type { PipelineSettings } from './settings.ts'

/** The tables as Firehose finds them. */
export interface CreatedCatalog {
  readonly catalogArn: string
  /** All that Firehose commits to, in Glue's ARNs: catalog, database and tables. */
  readonly glueArns: readonly string[]
  /** The same in S3 Tables' ARNs; none with Glue alone. */
  readonly s3TablesArns: readonly string[]
  /** What the stream waits for. */
  readonly tables: readonly CfnResource[]
}

/** Makes database and tables. */
export function createCatalog(
  scope: Construct,
  settings: PipelineSettings,
  warehouse: Bucket | undefined,
): CreatedCatalog {
  return warehouse === undefined
    ? createS3TablesCatalog(scope, settings)
    : createGlueCatalog(scope, settings, warehouse)
}
