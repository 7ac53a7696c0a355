import { Buffer } from 'node:buffer'
import { MAX_KINESIS_RECORD_BYTES } from '../../reingest/call-limits.ts'
import type { LocalSend } from '../../router/local-run.ts'
import { createService } from '../server/service.ts'
import type { TakenRecord } from '../server/stream.ts'
import type { FirehoseSettings } from './firehose-settings.ts'

/**
 * Creates Firehose and Kinesis in this process, with one stream, the local one: everything that a router puts back goes to
 * `take`. Limits and errors are those of the services.
 */
export function createLoopback(
  { deliveryStreamName: name, source }: Pick<FirehoseSettings, 'deliveryStreamName' | 'source'>,
  take: (record: TakenRecord) => void,
): LocalSend {
  const service = createService({
    streams: [
      { kind: 'firehose', name, source, take },
      { kind: 'kinesis', name, maxRecordBytes: MAX_KINESIS_RECORD_BYTES, take },
    ],
  })
  return async (target, input) => {
    const reply = service({ target, input: toJson(input) })
    // A service without faults always answers.
    if (reply.kind !== 'answer') throw new Error('the service in this process did not answer')
    const { status, body } = reply.answer
    if (status === 200) return body
    throw Object.assign(new Error('refused'), { name: nameOf(body), $metadata: { httpStatusCode: status } })
  }
}

/** Converts the input to JSON, with bytes in base64. */
function toJson(input: object): Readonly<Record<string, unknown>> {
  const { Records, ...rest } = input as { readonly Records: readonly { readonly Data: Uint8Array }[] }
  const records = Records.map(({ Data, ...more }) => ({ ...more, Data: Buffer.from(Data).toString('base64') }))
  return { ...rest, Records: records }
}

/** The name of the exception that an SDK's client would throw. */
function nameOf(body: object): string {
  return '__type' in body && typeof body.__type === 'string' ? body.__type : 'UnknownError'
}
