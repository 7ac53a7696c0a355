import { optional, wholeNumber } from '../options.ts'
import type { ReingestContext, ReingestItem, ReingestTarget } from '../router/target.ts'
import { MAX_KINESIS_RECORD_BYTES, MAX_PARTITION_KEY_LENGTH, PUT_RECORDS } from './call-limits.ts'
import { createTarget } from './create-target.ts'
import { type Address, type CommandClient, MSK_SOURCE, type Service } from './put-service.ts'
import { sdkError } from './sdk-error.ts'
import { settingsOf, type TargetOptions } from './target-options.ts'

/** The input that the client of a {@link createKinesisTarget} sends, as the SDK's `PutRecordsCommand` has it. */
export interface PutRecordsInput {
  readonly StreamARN: string
  readonly Records: { readonly Data: Uint8Array; readonly PartitionKey: string }[]
}

/** The options of {@link createKinesisTarget}. */
export interface KinesisTargetOptions extends TargetOptions {
  /** A `KinesisClient` of `@aws-sdk/client-kinesis`, or an object with the same `send`. */
  readonly client: CommandClient<PutRecordsInput>
  /** The largest record that the stream accepts, with its partition key; by default 1,048,576, at most ten times that. */
  readonly maxRecordBytes?: number
}

/**
 * Puts records back onto the Kinesis data stream that they came from, with `PutRecords` and their own partition keys. The
 * function's role needs `kinesis:PutRecords` on it.
 *
 * `put` rejects only if `@aws-sdk/client-kinesis` is not installed (`MissingDependency`). Every error of the service is
 * reported in the result of each item.
 *
 * @throws IcebergRouterError `InvalidOptions`, with all problems
 */
export function createKinesisTarget(options: KinesisTargetOptions): ReingestTarget {
  const maxRecordBytes = optional(wholeNumber(1, MAX_KINESIS_RECORD_BYTES))
  const settings = settingsOf('createKinesisTarget', options, { maxRecordBytes })
  const service: Service<PutRecordsInput> = {
    operation: 'Kinesis_20131202.PutRecords',
    limits: { ...PUT_RECORDS, recordBytes: options.maxRecordBytes ?? PUT_RECORDS.recordBytes },
    answer: { list: 'Records', id: 'SequenceNumber' },
    sizeBytes: ({ data, partitionKey = '' }) => data.byteLength + Buffer.byteLength(partitionKey, 'utf8'),
    refuse,
    address,
    toInput,
    open: () => openClient(options.client),
  }
  return createTarget(service, settings, options.secret)
}

function address({ sourceKinesisStreamArn, sourceMSKArn }: ReingestContext): Address {
  if (sourceMSKArn !== undefined) return { reason: MSK_SOURCE }
  return sourceKinesisStreamArn === undefined
    ? { reason: 'NoKinesisSource:use-createFirehoseTarget' }
    : { stream: sourceKinesisStreamArn }
}

/** Refuses an item without a valid partition key: a made-up key would send the record to another shard than its neighbours. */
function refuse({ partitionKey }: ReingestItem): string | undefined {
  const length = partitionKey?.length ?? 0
  return length === 0 || length > MAX_PARTITION_KEY_LENGTH ? 'InvalidPartitionKey' : undefined
}

function toInput(stream: string, items: readonly ReingestItem[]): PutRecordsInput {
  const Records = items.map(({ data, partitionKey = '' }) => ({ Data: data, PartitionKey: partitionKey }))
  return { StreamARN: stream, Records }
}

async function openClient(client: CommandClient<PutRecordsInput>): ReturnType<Service<PutRecordsInput>['open']> {
  const { PutRecordsCommand } = await importSdk()
  return (input, abortSignal) =>
    client.send(new PutRecordsCommand(input) as { readonly input: typeof input }, { abortSignal })
}

async function importSdk(): Promise<typeof import('@aws-sdk/client-kinesis')> {
  try {
    return await import('@aws-sdk/client-kinesis')
  } catch (cause) {
    throw sdkError('@aws-sdk/client-kinesis', cause)
  }
}
