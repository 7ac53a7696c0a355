import type { ReingestContext, ReingestItem, ReingestTarget } from '../router/target.ts'
import { PUT_RECORD_BATCH } from './call-limits.ts'
import { createTarget } from './create-target.ts'
import { type Address, type CommandClient, MSK_SOURCE, type Service } from './put-service.ts'
import { sdkError } from './sdk-error.ts'
import { settingsOf, type TargetOptions } from './target-options.ts'

/** The input that the client of a {@link createFirehoseTarget} sends, as the SDK's `PutRecordBatchCommand` has it. */
export interface PutRecordBatchInput {
  readonly DeliveryStreamName: string
  readonly Records: { readonly Data: Uint8Array }[]
}

/** The options of {@link createFirehoseTarget}. */
export interface FirehoseTargetOptions extends TargetOptions {
  /** A `FirehoseClient` of `@aws-sdk/client-firehose`, or an object with the same `send`. */
  readonly client: CommandClient<PutRecordBatchInput>
}

/**
 * Puts records back onto the Direct PUT stream that they came from, with `PutRecordBatch`. The function's role needs
 * `firehose:PutRecordBatch` on it.
 *
 * `put` rejects only if `@aws-sdk/client-firehose` is not installed (`MissingDependency`). Every error of the service is
 * reported in the result of each item.
 *
 * @throws IcebergRouterError `InvalidOptions`, with all problems
 */
export function createFirehoseTarget(options: FirehoseTargetOptions): ReingestTarget {
  const settings = settingsOf('createFirehoseTarget', options)
  const service: Service<PutRecordBatchInput> = {
    limits: PUT_RECORD_BATCH,
    operation: 'Firehose_20150804.PutRecordBatch',
    answer: { list: 'RequestResponses', id: 'RecordId' },
    sizeBytes: ({ data }) => data.byteLength,
    refuse: () => undefined,
    address,
    toInput,
    open: () => openClient(options.client),
  }
  return createTarget(service, settings, options.secret)
}

function address({ deliveryStreamArn, sourceKinesisStreamArn, sourceMSKArn }: ReingestContext): Address {
  if (sourceMSKArn !== undefined) return { reason: MSK_SOURCE }
  // Firehose refuses direct puts to such a stream.
  if (sourceKinesisStreamArn !== undefined) return { reason: 'KinesisSource:use-createKinesisTarget' }
  const stream = /^arn:[\w-]+:firehose:[\w-]+:\d{12}:deliverystream\/([\w.-]{1,64})$/.exec(deliveryStreamArn)?.[1]
  return stream === undefined ? { reason: 'InvalidDeliveryStreamArn' } : { stream }
}

function toInput(stream: string, items: readonly ReingestItem[]): PutRecordBatchInput {
  return { DeliveryStreamName: stream, Records: items.map(({ data }) => ({ Data: data })) }
}

async function openClient(
  client: CommandClient<PutRecordBatchInput>,
): ReturnType<Service<PutRecordBatchInput>['open']> {
  const { PutRecordBatchCommand } = await importSdk()
  return (input, abortSignal) =>
    client.send(new PutRecordBatchCommand(input) as { readonly input: typeof input }, { abortSignal })
}

async function importSdk(): Promise<typeof import('@aws-sdk/client-firehose')> {
  try {
    return await import('@aws-sdk/client-firehose')
  } catch (cause) {
    throw sdkError('@aws-sdk/client-firehose', cause)
  }
}
