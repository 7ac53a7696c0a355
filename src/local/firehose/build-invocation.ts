import type { FirehoseRecord, FirehoseTransformationEvent } from '../../firehose/event.ts'
import { SOURCE_SHAPES } from '../../firehose/stream-source.ts'
import type { FirehoseSettings } from './firehose-settings.ts'

type Stream = Pick<FirehoseSettings, 'deliveryStreamName' | 'region' | 'accountId' | 'source'>

/** Builds what Firehose sends to the handler in one invocation. */
export function buildInvocation(
  { deliveryStreamName: name, region, accountId, source }: Stream,
  invocationId: string,
  records: readonly FirehoseRecord[],
): FirehoseTransformationEvent {
  return {
    invocationId,
    deliveryStreamArn: `arn:aws:firehose:${region}:${accountId}:deliverystream/${name}`,
    region,
    ...SOURCE_SHAPES[source].toSourceArns({ region, accountId, name }),
    records,
  }
}
