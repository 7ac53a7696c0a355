import { Aws, Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose'
import { CfnConfigurationSetEventDestination, ConfigurationSet, EmailSendingEvent } from 'aws-cdk-lib/aws-ses'
import type { Construct } from 'constructs'

/** Makes a configuration set: mails that are sent with it have their events published to the stream. */
export function publishSesEvents(
  scope: Construct,
  stream: CfnDeliveryStream,
  eventTypes: readonly string[],
): ConfigurationSet {
  const set = new ConfigurationSet(scope, 'ConfigurationSet')
  const role = createSesRole(scope, stream, set)
  new CfnConfigurationSetEventDestination(scope, 'EventDestination', {
    configurationSetName: set.configurationSetName,
    eventDestination: {
      name: 'firehose',
      enabled: true,
      matchingEventTypes: toSendingEvents(eventTypes),
      kinesisFirehoseDestination: { deliveryStreamArn: stream.attrArn, iamRoleArn: role.roleArn },
    },
  })
  return set
}

/** SES' own words are the names of the CDK's. */
function toSendingEvents(eventTypes: readonly string[]): EmailSendingEvent[] {
  return Object.entries(EmailSendingEvent).flatMap(([name, value]) => (eventTypes.includes(name) ? [value] : []))
}

/** Only this account may have the role used, and only for this configuration set. */
function createSesRole(scope: Construct, stream: CfnDeliveryStream, set: ConfigurationSet): Role {
  const sourceArn = Stack.of(scope).formatArn({
    service: 'ses',
    resource: 'configuration-set',
    resourceName: set.configurationSetName,
  })
  const publish = new PolicyStatement({ actions: ['firehose:PutRecordBatch'], resources: [stream.attrArn] })
  return new Role(scope, 'SesRole', {
    assumedBy: new ServicePrincipal('ses.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': sourceArn } },
    }),
    inlinePolicies: { Publish: new PolicyDocument({ statements: [publish] }) },
  })
}
