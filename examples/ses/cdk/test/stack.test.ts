import { Match, type Template } from 'aws-cdk-lib/assertions'
import { toFirehoseTables } from 'firehose-iceberg-router/artefacts'
import { beforeAll, describe, expect, it } from 'vitest'
import { DATABASE, tables } from '../../tables.ts'
import { synthesise } from './template.ts'

describe('the stack in the Glue Data Catalog', () => {
  let template: Template
  beforeAll(async () => {
    template = await synthesise('glue')
  })

  it('makes every table of the example, as Iceberg v2, under the database', () => {
    template.resourceCountIs('AWS::Glue::Table', tables.length)
    for (const { name } of tables) {
      const input = { IcebergInput: Match.objectLike({ MetadataOperation: 'CREATE', Version: '2' }) }
      template.hasResourceProperties('AWS::Glue::Table', { DatabaseName: DATABASE, OpenTableFormatInput: input })
      expect(JSON.stringify(template.toJSON())).toContain(`"${name}"`)
    }
    expect(JSON.stringify(template.toJSON())).not.toContain('the-warehouse-bucket')
  })

  it('has a stream that knows the tables and calls the alias, with every parameter as a string', () => {
    template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
      IcebergDestinationConfiguration: {
        DestinationTableConfigurationList: toFirehoseTables(tables, { database: DATABASE }),
        s3BackupMode: 'FailedDataOnly',
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            {
              Type: 'Lambda',
              Parameters: [
                { ParameterName: 'LambdaArn', ParameterValue: { Ref: Match.stringLikeRegexp('Live') } },
                { ParameterName: 'BufferSizeInMBs', ParameterValue: '1' },
                { ParameterName: 'BufferIntervalInSeconds', ParameterValue: '60' },
                { ParameterName: 'NumberOfRetries', ParameterValue: '3' },
              ],
            },
          ],
        },
      },
    })
  })

  it('waits with the stream until the tables are there', () => {
    const [stream] = Object.values(template.findResources('AWS::KinesisFirehose::DeliveryStream'))
    expect(stream?.['DependsOn']).toEqual(Object.keys(template.findResources('AWS::Glue::Table')).sort())
  })

  it('keeps buckets encrypted, private and behind TLS, and failed records for 90 days', () => {
    template.resourceCountIs('AWS::S3::Bucket', 2)
    template.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    })
    template.resourcePropertiesCountIs(
      'AWS::S3::BucketPolicy',
      {
        PolicyDocument: {
          Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
        },
      },
      2,
    )
    const expires = { LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 90 })] } }
    template.resourcePropertiesCountIs('AWS::S3::Bucket', expires, 1)
  })

  it('runs the bundle on Node 22 and arm64, and makes logs beforehand', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs22.x',
      Architectures: ['arm64'],
      Handler: 'handler.handler',
      Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
      LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('FunctionLog') } },
    })
    template.resourceCountIs('AWS::Lambda::Version', 1)
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 })
    template.hasResourceProperties('AWS::Logs::LogStream', { LogStreamName: 'DestinationDelivery' })
  })

  it('has SES publish what there are tables for', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: { Enabled: true, MatchingEventTypes: Match.arrayWith(['send', 'open', 'click']) },
    })
  })

  it.each([
    'DeliveryToIceberg.FailedRowCount',
    'DeliveryToIceberg.DataFreshness',
    'ThrottledRecords',
    'PartitionCountExceeded',
    'Errors',
    'Throttles',
    Match.stringLikeRegexp('BatchesWithFailedRecords'),
  ])('has an alarm on %s', (MetricName) => {
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName, TreatMissingData: 'notBreaching' }, 1)
  })
})

describe('the stack in S3 Tables', () => {
  it('makes the tables there with their columns, and has no warehouse bucket', async () => {
    const template = await synthesise('s3tables')
    template.resourceCountIs('AWS::Glue::Table', 0)
    template.resourceCountIs('AWS::S3::Bucket', 1)
    for (const { name, columns } of tables) {
      const fields = Object.keys(columns).map((column) => Match.objectLike({ Name: column }))
      const IcebergMetadata = { IcebergSchema: { SchemaFieldList: fields } }
      template.hasResourceProperties('AWS::S3Tables::Table', { TableName: name, IcebergMetadata })
    }
  })
})
