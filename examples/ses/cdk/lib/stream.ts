import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose'
import { LogGroup, LogStream, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { toFirehoseTables } from 'firehose-iceberg-router/artefacts'
import type { RouterFunction } from './function.ts'
import type { StreamParts } from './parts.ts'
import type { PipelineSettings } from './settings.ts'
import { createStreamRole } from './stream-role.ts'

/** Makes the delivery stream with its Iceberg destination. */
export function createStream(scope: Construct, parts: StreamParts): CfnDeliveryStream {
  const { settings, storage, catalog, router } = parts
  // Firehose makes neither by itself: without both, delivery errors are logged nowhere.
  const logGroup = new LogGroup(scope, 'StreamLog', { retention: RetentionDays.ONE_YEAR })
  const logStream = new LogStream(scope, 'Delivery', { logGroup, logStreamName: 'DestinationDelivery' })
  const role = createStreamRole(scope, { ...parts, logGroup })
  const cloudWatchLoggingOptions = {
    enabled: true,
    logGroupName: logGroup.logGroupName,
    logStreamName: logStream.logStreamName,
  }
  const stream = new CfnDeliveryStream(scope, 'Stream', {
    deliveryStreamType: 'DirectPut',
    deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
    icebergDestinationConfiguration: {
      roleArn: role.roleArn,
      catalogConfiguration: { catalogArn: catalog.catalogArn },
      bufferingHints: { intervalInSeconds: settings.bufferSeconds ?? 300, sizeInMBs: settings.bufferMib ?? 64 },
      retryOptions: { durationInSeconds: 300 },
      s3BackupMode: 'FailedDataOnly',
      destinationTableConfigurationList: tableConfigurations(settings),
      processingConfiguration: processing(router),
      cloudWatchLoggingOptions,
      s3Configuration: {
        roleArn: role.roleArn,
        bucketArn: storage.errors.bucketArn,
        bufferingHints: { intervalInSeconds: 300, sizeInMBs: 5 },
        errorOutputPrefix: '!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/',
        cloudWatchLoggingOptions,
      },
    },
  })
  // Firehose looks for the tables while it makes the stream; its role, with the policy in it, is there by the ARN above.
  for (const table of catalog.tables) stream.addResourceDependency(table)
  return stream
}

function tableConfigurations({
  tables,
  database,
}: PipelineSettings): CfnDeliveryStream.DestinationTableConfigurationProperty[] {
  return toFirehoseTables(tables, { database }).map((entry) => ({
    destinationDatabaseName: entry.DestinationDatabaseName,
    destinationTableName: entry.DestinationTableName,
    ...(entry.UniqueKeys === undefined ? {} : { uniqueKeys: [...entry.UniqueKeys] }),
  }))
}

/** All values of parameters are strings, the numbers too. */
function processing({ alias }: RouterFunction): CfnDeliveryStream.ProcessingConfigurationProperty {
  const values = {
    LambdaArn: alias.functionArn,
    // Routing and base64 are added to each row: 1 MB may grow fourfold before it passes Lambda's 6 MB.
    BufferSizeInMBs: '1',
    BufferIntervalInSeconds: '60',
    NumberOfRetries: '3',
  }
  const parameters = Object.entries(values).map(([parameterName, parameterValue]) => ({
    parameterName,
    parameterValue,
  }))
  return { enabled: true, processors: [{ type: 'Lambda', parameters }] }
}
