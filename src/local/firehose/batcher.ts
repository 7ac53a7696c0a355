import type { SourceRecord } from './record.ts'

/** The records of one invocation, in the order in which they were put. */
export type Batch = readonly SourceRecord[]

/** Largest request in bytes of a synchronous Lambda invocation. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_REQUEST_BYTES = 6_291_456

/** Room for what stands around the records in a request: ids and ARNs, whose lengths are bounded. */
const ENVELOPE_BYTES = 2_000

/** Collects records until they are a batch. */
export interface Batcher {
  /** Takes a record and returns the batches that are complete with it: none, one or two. */
  add(record: SourceRecord): readonly Batch[]
  /** Returns what is left, as a batch or none. */
  take(): readonly Batch[]
}

/**
 * Cuts before a batch would have more than `limitBytes` of payload, or a request that Lambda refuses. Only a record that is
 * larger than the limit by itself makes a batch over it.
 */
export function createBatcher(limitBytes: number): Batcher {
  let records: SourceRecord[] = []
  let payloadBytes = 0
  let requestBytes = ENVELOPE_BYTES

  function take(): readonly Batch[] {
    const batch = records
    records = []
    payloadBytes = 0
    requestBytes = ENVELOPE_BYTES
    return batch.length === 0 ? [] : [batch]
  }

  return {
    take,
    add(record) {
      const fits =
        payloadBytes + record.payloadBytes <= limitBytes && requestBytes + record.requestBytes <= MAX_REQUEST_BYTES
      const before = fits ? [] : take()
      records.push(record)
      payloadBytes += record.payloadBytes
      requestBytes += record.requestBytes
      return payloadBytes >= limitBytes ? [...before, ...take()] : before
    },
  }
}
