/** So many records run between two looks at the exact clock if the coarse one does not move. */
const MAX_STRIDE = 16

/**
 * Checks whether time is left, before every record: so a batch works longer than it may by one record at most, however
 * cheap those before it were. The exact clock costs as much as choosing a route, so that it is asked only if the coarse
 * one has moved by a millisecond.
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
