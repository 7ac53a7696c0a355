import { Buffer } from 'node:buffer'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../../src/firehose/event.ts'
import type {
  FirehoseResponseRecord,
  FirehoseTransformationResponse,
  OtfMetadata,
} from '../../src/firehose/response.ts'
import type { CommandClient, PutRecordBatchInput } from '../../src/reingest/index.ts'

/**
 * The algorithm of AWS's blueprint `kinesis-firehose-cloudwatch-logs-processor`, written again from a description of it, with
 * rows for Iceberg instead of log events: what an engineer gets who takes the blueprint as it is and adds `otfMetadata`.
 */
export interface BlueprintOptions {
  readonly client: CommandClient<PutRecordBatchInput>
  /** The row for an event, as text. */
  readonly transform: (event: string) => string
  readonly otfMetadata: OtfMetadata
}

/** It measures payloads and ids, and nothing else of its response. */
const MAX_PROJECTED_BYTES = 6_000_000
const MAX_CALL_RECORDS = 500
const MAX_ATTEMPTS = 20

export function createBlueprint({ client, transform, otfMetadata }: BlueprintOptions) {
  return async (event: FirehoseTransformationEvent): Promise<FirehoseTransformationResponse> => {
    const stream = event.deliveryStreamArn.split('/')[1] ?? ''
    const queue: Uint8Array[] = []
    let projectedBytes = 0
    const records = event.records.map(({ recordId, data = '' }: FirehoseRecord): FirehoseResponseRecord => {
      const bytes = Buffer.from(data, 'base64')
      const row = Buffer.from(transform(bytes.toString('utf8')), 'utf8').toString('base64')
      // A single row cannot be split in two, as it would split log events.
      if (row.length > MAX_PROJECTED_BYTES) return { recordId, result: 'ProcessingFailed', data }
      if (projectedBytes + row.length + recordId.length > MAX_PROJECTED_BYTES) {
        queue.push(bytes)
        return { recordId, result: 'Dropped' }
      }
      projectedBytes += row.length + recordId.length
      return { recordId, result: 'Ok', data: row, metadata: { otfMetadata } }
    })
    for (let start = 0; start < queue.length; start += MAX_CALL_RECORDS) {
      await putBatch(client, stream, { records: queue.slice(start, start + MAX_CALL_RECORDS), attempts: 1 })
    }
    return { records }
  }
}

interface Attempt {
  readonly records: readonly Uint8Array[]
  readonly attempts: number
}

/** Sends what failed again at once, at most twenty times, then throws. */
async function putBatch(
  client: BlueprintOptions['client'],
  stream: string,
  { records, attempts }: Attempt,
): Promise<void> {
  const failed = await send(client, stream, records)
  if (failed.length === 0) return
  if (attempts === MAX_ATTEMPTS) throw new Error(`could not put records after ${MAX_ATTEMPTS} attempts`)
  await putBatch(client, stream, { records: failed, attempts: attempts + 1 })
}

/** What was not taken of a call: the entries with a code, or all of them where the call failed. */
async function send(
  client: BlueprintOptions['client'],
  stream: string,
  records: readonly Uint8Array[],
): Promise<readonly Uint8Array[]> {
  try {
    const input = { DeliveryStreamName: stream, Records: records.map((Data) => ({ Data })) }
    const answer = (await client.send({ input })) as { readonly RequestResponses: readonly { ErrorCode?: string }[] }
    return records.filter((_, index) => answer.RequestResponses[index]?.ErrorCode !== undefined)
  } catch {
    return records
  }
}
