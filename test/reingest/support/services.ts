import { createFirehoseTarget } from '../../../src/reingest/firehose-target.ts'
import { createKinesisTarget } from '../../../src/reingest/kinesis-target.ts'
import type { TargetOptions } from '../../../src/reingest/target-options.ts'
import type { ReingestContext, ReingestTarget } from '../../../src/router/target.ts'
import type { Wire } from './wire.ts'

/** The services that items can be put back to, for tests that run once for each. Limits as AWS prints them. */
export interface ServiceCase {
  readonly kind: 'firehose' | 'kinesis'
  readonly arns: Omit<ReingestContext, 'remainingMs'>
  readonly limits: { readonly records: number; readonly bytes: number; readonly recordBytes: number }
  readonly target: (wire: Wire, options: TargetOptions) => ReingestTarget
}

const deliveryStreamArn = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/events'

export const SERVICES: readonly ServiceCase[] = [
  {
    kind: 'firehose',
    arns: { deliveryStreamArn },
    limits: { records: 500, bytes: 4 * 1024 * 1024, recordBytes: 1000 * 1024 },
    target: ({ client }, options) => createFirehoseTarget({ client, ...options }),
  },
  {
    kind: 'kinesis',
    arns: { deliveryStreamArn, sourceKinesisStreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/events' },
    limits: { records: 500, bytes: 10 * 1024 * 1024, recordBytes: 1024 * 1024 },
    target: ({ client }, options) => createKinesisTarget({ client, ...options }),
  },
]
