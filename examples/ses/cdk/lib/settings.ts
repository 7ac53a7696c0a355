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
  /** `glue` unless said. */
  readonly catalog?: Catalog
  /** How long Firehose collects rows before a commit; 300 seconds unless said. */
  readonly bufferSeconds?: number
  /** Or how much; 64 MiB unless said. */
  readonly bufferMib?: number
  /** How long failed records are kept; 90 days unless said. */
  readonly errorDays?: number
  /** Who is told of alarms; nobody unless said. */
  readonly alarmTopics?: readonly ITopic[]
  /** What happens to both buckets with the stack; they are kept unless said. */
  readonly removalPolicy?: RemovalPolicy
}
