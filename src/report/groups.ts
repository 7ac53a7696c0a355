import type { Failure } from '../outcome/outcome.ts'
import type { RecordOutcome } from '../outcome/pending-row.ts'

/** Records that failed in the same way. */
export interface FailureGroup {
  readonly code: Failure['code']
  readonly route?: string
  readonly table?: string
  readonly path: string
  /** Where the user's code threw. */
  readonly thrownAt?: string
  /** What kind of text the payloads are, with `InvalidJson` and `InvalidUtf8`. */
  readonly fault?: Failure['fault']
  /** The message of the first record. */
  readonly message: string
  readonly count: number
  /** The ids of the first three records. */
  readonly recordIds: readonly string[]
}

const MAX_GROUPS = 50
const MAX_IDS = 3

/** Groups failures by code, route, path, fault and the place that threw, the largest group first. */
export function groupFailures(outcomes: readonly RecordOutcome[]): FailureGroup[] {
  const groups = new Map<string, FailureGroup & { count: number; recordIds: string[] }>()
  for (const outcome of outcomes) {
    if (outcome.status !== 'failed') continue
    const { code, route, path, fault, thrownAt } = outcome.failure
    const key = JSON.stringify([code, route, path, fault, thrownAt])
    const group = groups.get(key) ?? { ...outcome.failure, count: 0, recordIds: [] }
    group.count++
    if (group.recordIds.length < MAX_IDS) group.recordIds.push(outcome.recordId)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.count - a.count).slice(0, MAX_GROUPS)
}
