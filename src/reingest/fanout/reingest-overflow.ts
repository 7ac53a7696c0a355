import { isFailed } from '../../outcome/outcome.ts'
import { extraRowsOf } from '../../router/batch-state.ts'
import type { BatchState, Overflow } from '../../router/model.ts'
import { putRequests } from './put-requests.ts'
import { createRequest, type ReingestRequest } from './reingest-request.ts'

/**
 * Puts back onto the stream what the response could not take: rows that did not fit, with `overflow: 'reingest'`, and the
 * extra rows of the records that stay. A record whose rows could not all be put back fails as a whole.
 */
export function reingestOverflow(batch: BatchState, overflow: Overflow): Promise<void> | undefined {
  const { router, outcomes } = batch
  const requests: ReingestRequest[] = []
  const didNotFit = new Set(overflow.indices)
  for (const [index, row] of outcomes.entries()) {
    const isWhole = didNotFit.has(index)
    if (row.status !== 'delivered' || (!isWhole && extraRowsOf(batch, index).length === 0)) continue
    // A row of an update or a delete would come back later than newer ones of its key.
    const stays = router.overflow === 'fail' || (row.routing.operation !== 'insert' && !router.unordered)
    if (isWhole && stays) {
      overflow.fail(index)
      continue
    }
    const request = createRequest(batch, { index, row, isWhole })
    if (isFailed(request)) overflow.replaceOutcome(index, request)
    else requests.push(request)
  }
  return requests.length === 0 ? undefined : sendRequests(batch, overflow, requests)
}

async function sendRequests(
  { router, invocation, deadline }: BatchState,
  overflow: Overflow,
  requests: readonly ReingestRequest[],
): Promise<void> {
  const { reingest: target } = router
  if (target === undefined) return
  const outcomes = await putRequests(requests, { target, invocation, deadline })
  // Firehose may forget a record only now, when the stream is known to have it.
  for (const [position, { index }] of requests.entries()) {
    const outcome = outcomes[position]
    if (outcome !== undefined) overflow.replaceOutcome(index, outcome)
  }
}
