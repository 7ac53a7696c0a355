import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { PipelineSettings } from './settings.ts'

/** The buckets of a pipeline. Both hold what is personal. */
export interface Storage {
  /** The files of the tables; with S3 Tables there is none. */
  readonly warehouse: Bucket | undefined
  /** The records that failed, as they came. */
  readonly errors: Bucket
}

/** Makes buckets that are encrypted, private and reached by TLS only. */
export function createStorage(scope: Construct, settings: PipelineSettings): Storage {
  const { catalog = 'glue', errorDays = 90, removalPolicy = RemovalPolicy.RETAIN } = settings
  const abortIncompleteMultipartUploadAfter = Duration.days(7)
  const shared: BucketProps = {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    removalPolicy,
  }
  const errors = new Bucket(scope, 'Errors', {
    ...shared,
    lifecycleRules: [{ expiration: Duration.days(errorDays), abortIncompleteMultipartUploadAfter }],
  })
  if (catalog === 's3tables') return { warehouse: undefined, errors }
  // Nothing of a table expires: Iceberg's own maintenance knows what is still referred to.
  const lifecycleRules = [{ abortIncompleteMultipartUploadAfter }]
  return { warehouse: new Bucket(scope, 'Warehouse', { ...shared, lifecycleRules }), errors }
}
