import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose'

/** Firehose takes as many records in a call. */
const CALL = 500

/** Where events go. */
export interface PutOptions {
  readonly stream: string
  /** A server that stands in for Firehose; AWS itself unless said. */
  readonly endpoint?: string
}

/**
 * Puts events on a stream as SES does, one JSON object and a newline each; bytes go as they are.
 *
 * @throws Error where Firehose refuses one, with its codes
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

/** A local server checks no signature, but a client signs nothing without these. */
const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
