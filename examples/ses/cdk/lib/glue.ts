import { Aws, CfnResource, Stack } from 'aws-cdk-lib'
import { CfnDatabase } from 'aws-cdk-lib/aws-glue'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { toCloudFormation } from 'firehose-iceberg-router/artefacts'
import type { CreatedCatalog } from './parts.ts'
import type { PipelineSettings } from './settings.ts'

/** A bucket of this name is nowhere: `toCloudFormation` wants one, and the token of the real one takes its place. */
const PLACEHOLDER = 's3://the-warehouse-bucket/'

/** Makes the tables in the Glue Data Catalog, as `toCloudFormation` writes them. */
export function createGlueCatalog(scope: Construct, settings: PipelineSettings, warehouse: Bucket): CreatedCatalog {
  const { database, tables } = settings
  const locationUri = `s3://${warehouse.bucketName}/${database}/`
  const created = new CfnDatabase(scope, 'Database', {
    catalogId: Aws.ACCOUNT_ID,
    databaseInput: { name: database, locationUri },
  })
  const location = ({ name }: { readonly name: string }): string => `${PLACEHOLDER}${name}/`
  const { Resources } = toCloudFormation(tables, { database, location })
  const resources = Object.entries(Resources).map(([id, { Type, Properties }]) => {
    const properties = JSON.parse(JSON.stringify(Properties).replaceAll(PLACEHOLDER, locationUri))
    const table = new CfnResource(scope, id, { type: Type, properties })
    table.addResourceDependency(created)
    return table
  })
  const arn = (resource: string): string => Stack.of(scope).formatArn({ service: 'glue', resource })
  return {
    catalogArn: arn('catalog'),
    glueArns: [
      arn('catalog'),
      arn(`database/${database}`),
      ...tables.map(({ name }) => arn(`table/${database}/${name}`)),
    ],
    s3TablesArns: [],
    tables: resources,
  }
}
