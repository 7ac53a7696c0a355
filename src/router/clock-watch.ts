/** The number of records between two reads of the exact clock if the coarse one does not move. */
const MAX_STRIDE = 16

/**
 * Checks before every record whether time is left, so a batch exceeds its time by one record at most. Reading the exact
 * clock costs as much as choosing a route: it is read only after the coarse clock has moved by a millisecond.
 */
export function createWatch(leftMs: () => number, coarseMs: () => number = Date.now): () => boolean {
  let isLeft = true
  let seenMs = Number.NaN
  // In case the coarse clock is set back, or does not move at all.
  let skipped = 0
  return () => {
    const nowMs = coarseMs()
    if (nowMs === seenMs && ++skipped < MAX_STRIDE) return isLeft
    seenMs = nowMs
    skipped = 0
    isLeft = leftMs() > 0
    return isLeft
  }
}
