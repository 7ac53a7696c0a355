import type { SourceRecord } from './record.ts'

/** The records of one invocation, in the order in which they were put. */
export type Batch = readonly SourceRecord[]

/** The largest request in bytes of a synchronous Lambda invocation. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_REQUEST_BYTES = 6_291_456

/** Room for the rest of a request around its records: ids and ARNs, whose lengths are bounded. */
const ENVELOPE_BYTES = 2_000

/** Collects records into batches. */
export interface Batcher {
  /** Takes a record and returns the batches that are complete with it: none, one or two. */
  add(record: SourceRecord): readonly Batch[]
  /** Returns the remaining records as a batch, or no batch if there is nothing left. */
  take(): readonly Batch[]
}

/**
 * Cuts before a batch would have more than `limitBytes` of payload, or a request that Lambda refuses. Only a
 * single record that is larger than the limit makes a batch over it.
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
