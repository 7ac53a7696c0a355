import { createIcebergRouter, defineTable, type Outcome, t } from 'firehose-iceberg-router'
import type { Decoder, Yields } from 'firehose-iceberg-router/d'
import { eventOf } from '../support/events.ts'

const events = defineTable({ name: 'events', columns: { event: t.json() } })

/** An invocation whose records hold these bytes. */
export function invocationOf(payloads: readonly Uint8Array[]): ReturnType<typeof eventOf> {
  const invocation = eventOf(payloads.map(() => '{}'))
  const records = invocation.records.map((record, index) => ({
    recordId: record.recordId,
    approximateArrivalTimestamp: record.approximateArrivalTimestamp,
    data: Buffer.from(payloads[index] ?? []).toString('base64'),
  }))
  return { ...invocation, records }
}

/** The event that a router with a decoder shows to its transform, or the code with which the record fails. */
export async function decodeOne(decode: Decoder<object>, payload: Uint8Array | string): Promise<unknown> {
  const [result] = await decodeAll(decode, [Buffer.from(payload)])
  return result
}

/** The same for several records of one batch. */
export async function decodeAll(decode: Decoder<object>, payloads: readonly Uint8Array[]): Promise<unknown[]> {
  const seen = new Map<string, unknown>()
  const router = createIcebergRouter({ database: 'db', decode, onBatch: [] }).otherwise({
    table: events,
    transform: (event, { recordId }) => {
      seen.set(recordId, event)
      return { event: '{}' }
    },
  })
  const { outcomes } = await router.runBatch(invocationOf(payloads))
  return outcomes.map((outcome) => seen.get(outcome.recordId) ?? resultOf(outcome))
}

/** An outcome without an event: the code and path of a failure. */
export function resultOf(outcome: Outcome): unknown {
  if (outcome.status === 'failed') {
    const { code, path } = outcome.failure
    return path === '' ? code : `${code} at ${path}`
  }
  return outcome.status === 'dropped' ? `dropped: ${outcome.route}` : outcome.status
}

/** The problems with which a router refuses a decoder. */
export function problemsOf(decode: Decoder<unknown, Yields>): string {
  try {
    createIcebergRouter({ database: 'db', decode: decode as Decoder<unknown> })
      .otherwise('drop')
      .handler()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
