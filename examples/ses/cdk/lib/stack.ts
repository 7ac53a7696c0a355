import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { DATABASE, eventTypes, tables } from '../../tables.ts'
import { IcebergPipeline } from './pipeline.ts'
import { publishSesEvents } from './ses.ts'
import type { PipelineSettings } from './settings.ts'

/** Settings of the stack: the pipeline's, but for what the example itself says. */
export type SesEventsProps = StackProps & Omit<PipelineSettings, 'tables' | 'database'>

/** Everything from a configuration set of SES to tables that Athena reads. */
export class SesEventsStack extends Stack {
  readonly pipeline: IcebergPipeline

  constructor(scope: Construct, id: string, props: SesEventsProps) {
    super(scope, id, props)
    this.pipeline = new IcebergPipeline(this, 'Pipeline', { ...props, database: DATABASE, tables })
    const set = publishSesEvents(this, this.pipeline.stream, eventTypes)
    const { stream, storage, router } = this.pipeline
    new CfnOutput(this, 'ConfigurationSetName', { value: set.configurationSetName })
    new CfnOutput(this, 'StreamName', { value: stream.ref })
    new CfnOutput(this, 'DatabaseName', { value: DATABASE })
    new CfnOutput(this, 'ErrorBucket', { value: storage.errors.bucketName })
    new CfnOutput(this, 'FunctionLogGroup', { value: router.logGroup.logGroupName })
  }
}
