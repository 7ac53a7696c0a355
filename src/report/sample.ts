import type { Failed, Outcome } from '../router/outcome.ts'
import type { State } from '../router/record/delivery.ts'

/** Most failed records that are told one by one. */
export const MAX_SAMPLE = 100

/**
 * Chooses failed records to tell of, with their indices: the first of each code in turn, so that a flood of one kind does
 * not hide the others. The same batch always gives the same sample.
 */
export function sampleFailures(outcomes: readonly (Outcome | State)[], max: number = MAX_SAMPLE): [Failed, number][] {
  const byCode = new Map<string, [Failed, number][]>()
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status !== 'failed') continue
    const same = byCode.get(outcome.failure.code) ?? []
    if (same.length < max) same.push([outcome, index])
    byCode.set(outcome.failure.code, same)
  }
  const sample: [Failed, number][] = []
  for (let turn = 0; turn < max && sample.length < max; turn++) {
    for (const same of byCode.values()) {
      const next = same[turn]
      if (next !== undefined && sample.length < max) sample.push(next)
    }
  }
  return sample.sort(([, a], [, b]) => a - b)
}
