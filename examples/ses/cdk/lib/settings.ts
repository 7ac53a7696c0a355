import type { RemovalPolicy } from 'aws-cdk-lib'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Table } from 'firehose-iceberg-router'

/** Where tables live: in the Glue Data Catalog, with their files in a bucket of yours, or in Amazon S3 Tables. */
export type Catalog = 'glue' | 's3tables'

/** Settings of a pipeline from a delivery stream into Iceberg tables. */
export interface PipelineSettings {
  readonly tables: readonly Table[]
  /** The Glue database, or the namespace in S3 Tables: the one that the router names. */
  readonly database: string
  /** The folder with the bundled handler, `handler.mjs`. */
  readonly handlerFolder: string
  /** `glue` by default. */
  readonly catalog?: Catalog
  /** How many seconds Firehose collects rows before a commit; 300 by default. */
  readonly bufferSeconds?: number
  /** Or how many MiB, whichever is first; 64 by default. */
  readonly bufferMib?: number
  /** How many days failed records are kept; 90 by default. */
  readonly errorDays?: number
  /** SNS topics for alarms; none by default: then nobody is notified. */
  readonly alarmTopics?: readonly ITopic[]
  /** What happens to both buckets if the stack is deleted; by default they are kept. */
  readonly removalPolicy?: RemovalPolicy
}
