import type { ReingestItem } from '../router/target.ts'
import type { CallLimits } from './call-limits.ts'

/** An item that waits for a call or is in one. */
export interface Entry {
  readonly index: number
  readonly item: ReingestItem
  readonly sizeBytes: number
  /** The number of calls that it was part of. */
  readonly attempts: number
}

/** Takes the next call from the front of the queue: as many entries, in order, as the limits allow, and at least one. */
export function takeCall(queue: Entry[], { callRecords, callBytes }: CallLimits): Entry[] {
  let count = 0
  let sizeBytes = 0
  for (const entry of queue) {
    sizeBytes += entry.sizeBytes
    if (count === callRecords || (count > 0 && sizeBytes > callBytes)) break
    count++
  }
  return queue.splice(0, count)
}
