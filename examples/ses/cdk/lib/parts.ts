import type { CfnResource } from 'aws-cdk-lib'
import type { RouterFunction } from './function.ts'
import type { PipelineSettings } from './settings.ts'
import type { Storage } from './storage.ts'

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

/** The parts of a pipeline that its stream connects. */
export interface StreamParts {
  readonly settings: PipelineSettings
  readonly storage: Storage
  readonly catalog: CreatedCatalog
  readonly router: RouterFunction
}
