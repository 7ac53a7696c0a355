import type { Failed, Outcome } from '../outcome/outcome.ts'
import type { RecordOutcome } from '../outcome/pending-row.ts'

/** The largest number of failed records that `onFailure` is called for. */
export const MAX_SAMPLE = 100

/**
 * Chooses failed records, with their indices: the first of every code, then the second, so that a flood of one code does not
 * hide the others. The same batch always gives the same sample.
 */
export function sampleFailures(
  outcomes: readonly (Outcome | RecordOutcome)[],
  max: number = MAX_SAMPLE,
): [Failed, number][] {
  const counts = new Map<string, number>()
  const candidates: { readonly failed: Failed; readonly index: number; readonly turn: number }[] = []
  for (const [index, failed] of outcomes.entries()) {
    if (failed.status !== 'failed') continue
    const { code } = failed.failure
    const turn = counts.get(code) ?? 0
    counts.set(code, turn + 1)
    if (turn < max) candidates.push({ failed, index, turn })
  }
  const sample = candidates.sort((a, b) => a.turn - b.turn).slice(0, max)
  return sample.sort((a, b) => a.index - b.index).map(({ failed, index }) => [failed, index])
}
