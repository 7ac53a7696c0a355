import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose'

/** Firehose accepts this many records in a call. */
const CALL = 500

/** Where events go. */
export interface PutOptions {
  readonly stream: string
  /** A server to use instead of Firehose; by default AWS. */
  readonly endpoint?: string
}

/**
 * Puts events on a stream as SES does, each as one JSON object with a newline; bytes stay unchanged.
 *
 * @throws Error if Firehose refuses a record, with its error codes
 */
export async function putEvents(
  events: readonly (string | Uint8Array)[],
  { stream, endpoint }: PutOptions,
): Promise<number> {
  const client = new FirehoseClient(endpoint === undefined ? {} : { endpoint, ...LOCAL })
  try {
    for (let index = 0; index < events.length; index += CALL) {
      const Records = events.slice(index, index + CALL).map((event) => ({ Data: toBytes(event) }))
      const answer = await client.send(new PutRecordBatchCommand({ DeliveryStreamName: stream, Records }))
      const codes = (answer.RequestResponses ?? []).flatMap(({ ErrorCode }) => ErrorCode ?? [])
      if (codes.length > 0) throw new Error(`${codes.length} records refused: ${[...new Set(codes)].join(', ')}`)
    }
    return events.length
  } finally {
    client.destroy()
  }
}

function toBytes(event: string | Uint8Array): Uint8Array {
  return typeof event === 'string' ? Buffer.from(`${event.trim()}\n`) : event
}

/** A local server does not check signatures, but a client needs credentials to sign. */
const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
