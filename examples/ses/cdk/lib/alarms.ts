import { Duration } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose'
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { RouterFunction } from './function.ts'
import type { PipelineSettings } from './settings.ts'

const PERIOD = Duration.minutes(5)

/** Makes the alarms: for each way in which rows do not arrive, one. */
export function createAlarms(
  scope: Construct,
  settings: PipelineSettings,
  { router, stream }: { readonly router: RouterFunction; readonly stream: CfnDeliveryStream },
): readonly Alarm[] {
  const of = (metricName: string, statistic: string): Metric => {
    const dimensionsMap = { DeliveryStreamName: stream.ref }
    return new Metric({ namespace: 'AWS/Firehose', metricName, dimensionsMap, statistic, period: PERIOD })
  }
  const watched: readonly (readonly [string, Metric, number, string])[] = [
    [
      'FailedRecords',
      failedRecords(scope, router),
      0,
      "The router refused records; the codes are in the function's log",
    ],
    ['FailedRows', of('DeliveryToIceberg.FailedRowCount', 'Sum'), 0, 'Rows did not get into their table'],
    ['Throttled', of('ThrottledRecords', 'Sum'), 0, 'More came than the stream takes'],
    ['Late', of('DeliveryToIceberg.DataFreshness', 'Maximum'), (settings.bufferSeconds ?? 300) + 600, 'Delivery lags'],
    ['Partitions', of('PartitionCountExceeded', 'Maximum'), 0, 'More active partitions than Firehose takes'],
    ['FunctionErrors', router.handler.metricErrors({ period: PERIOD }), 0, 'A whole batch failed'],
    ['FunctionThrottles', router.handler.metricThrottles({ period: PERIOD }), 0, 'No concurrency is left'],
  ]
  return watched.map(([id, metric, threshold, alarmDescription]) => {
    const comparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD
    const treatMissingData = TreatMissingData.NOT_BREACHING
    const options = { metric, threshold, alarmDescription, comparisonOperator, treatMissingData, evaluationPeriods: 1 }
    const alarm = new Alarm(scope, `${id}Alarm`, options)
    for (const topic of settings.alarmTopics ?? []) alarm.addAlarmAction(new SnsAction(topic))
    return alarm
  })
}

/**
 * Firehose counts records that the router refuses in none of its metrics. So the lines of the router's report are counted.
 * Every reporter writes the field `failed`.
 */
function failedRecords(scope: Construct, { logGroup }: RouterFunction): Metric {
  const filter = new MetricFilter(scope, 'FailedRecords', {
    logGroup,
    filterPattern: FilterPattern.numberValue('$.failed', '>', 0),
    metricNamespace: 'FirehoseIcebergRouter',
    metricName: `BatchesWithFailedRecords-${scope.node.addr.slice(-8)}`,
    metricValue: '1',
  })
  return filter.metric({ statistic: 'Sum', period: PERIOD })
}
