import { Aws, Stack } from 'aws-cdk-lib'
import { CfnNamespace, CfnTable, CfnTableBucket } from 'aws-cdk-lib/aws-s3tables'
import type { Construct } from 'constructs'
import { s3TablesFields } from '../../terraform-tables.ts'
import type { CreatedCatalog } from './parts.ts'
import type { PipelineSettings } from './settings.ts'

/**
 * Makes the tables in Amazon S3 Tables. Glue shows them in the catalog `s3tablescatalog`, which an account has once it has
 * integrated table buckets with AWS analytics services.
 */
export function createS3TablesCatalog(scope: Construct, settings: PipelineSettings): CreatedCatalog {
  const { database, tables } = settings
  const tableBucketName = `ses-tables-${Aws.ACCOUNT_ID}-${Aws.REGION}`
  const bucket = new CfnTableBucket(scope, 'TableBucket', {
    tableBucketName,
    encryptionConfiguration: { sseAlgorithm: 'AES256' },
  })
  const namespace = new CfnNamespace(scope, 'Namespace', {
    tableBucketArn: bucket.attrTableBucketArn,
    namespace: database,
  })
  const created = tables.map((table) => {
    const resource = new CfnTable(scope, `Table-${table.name}`, {
      tableBucketArn: bucket.attrTableBucketArn,
      namespace: database,
      tableName: table.name,
      openTableFormat: 'ICEBERG',
      icebergMetadata: { icebergSchema: { schemaFieldList: s3TablesFields(table) } },
    })
    resource.addResourceDependency(namespace)
    return resource
  })
  const arn = (resource: string): string => Stack.of(scope).formatArn({ service: 'glue', resource })
  const path = `s3tablescatalog/${tableBucketName}`
  return {
    catalogArn: arn(`catalog/${path}`),
    glueArns: [
      arn('catalog'),
      arn('catalog/s3tablescatalog'),
      arn(`catalog/${path}`),
      arn(`database/${path}/${database}`),
      ...tables.map(({ name }) => arn(`table/${path}/${database}/${name}`)),
    ],
    s3TablesArns: [bucket.attrTableBucketArn, ...created.map((table) => table.attrTableArn)],
    tables: created,
  }
}
