import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { createGlueCatalog } from './glue.ts'
import type { CreatedCatalog } from './parts.ts'
import { createS3TablesCatalog } from './s3-tables.ts'
import type { PipelineSettings } from './settings.ts'

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
