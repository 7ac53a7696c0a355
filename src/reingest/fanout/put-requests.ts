import { isIcebergRouterError } from '../../error.ts'
import type { FirehoseTransformationEvent } from '../../firehose/event.ts'
import { failed } from '../../outcome/outcome.ts'
import type { RecordOutcome } from '../../outcome/pending-row.ts'
import { waitFor } from '../../promise.ts'
import type { Deadline } from '../../router/deadline.ts'
import type { ReingestContext, ReingestItem, ReingestResult, ReingestTarget } from '../../router/target.ts'
import { observePromises } from '../../unawaited.ts'
import type { ReingestRequest } from './reingest-request.ts'

/** Where to put requests, and the deadline. */
export interface PutOptions {
  readonly target: ReingestTarget
  readonly invocation: FirehoseTransformationEvent
  readonly deadline: Deadline
}

/**
 * Puts requests back onto the stream in one call, and returns the outcome of each record: an item counts only if the
 * service confirmed it. Never rejects, whatever the target does, and does not wait for it beyond the deadline.
 */
export async function putRequests(
  requests: readonly ReingestRequest[],
  options: PutOptions,
): Promise<readonly RecordOutcome[]> {
  const items = requests.flatMap((request) => request.items)
  const results = await callTarget(items, options)
  let start = 0
  return requests.map((request) => {
    const own = results.slice(start, start + request.items.length)
    start += request.items.length
    return toOutcome(request, own)
  })
}

async function callTarget(items: readonly ReingestItem[], options: PutOptions): Promise<readonly ReingestResult[]> {
  const { target, invocation, deadline } = options
  const { deliveryStreamArn, sourceKinesisStreamArn, sourceMSKArn } = invocation
  const context: ReingestContext = {
    deliveryStreamArn,
    sourceKinesisStreamArn,
    sourceMSKArn,
    remainingMs: deadline.putMs,
  }
  if (deadline.putMs() <= 0) return items.map(() => refused('DeadlineExceeded'))
  try {
    // Called inside a promise, because a custom target may throw synchronously.
    const results = await waitFor(callPut(target, items, context), deadline.putMs())
    if (results === undefined) return items.map(() => refused('DeadlineExceeded'))
    return items.map((_, index) =>
      results[index]?.accepted === true ? { accepted: true } : refused(reasonOf(results[index])),
    )
  } catch (error) {
    observePromises(error)
    // An error of this package has a code and no payload; it names, for example, an SDK that is not installed.
    const reason = isIcebergRouterError(error) ? `TargetFailed:${error.code}` : 'TargetFailed'
    return items.map(() => refused(reason))
  }
}

async function callPut(
  target: ReingestTarget,
  items: readonly ReingestItem[],
  context: ReingestContext,
): Promise<readonly ReingestResult[]> {
  const results = await target.put(items, context)
  // Promises instead of results confirm nothing, and one that rejects must not end the process.
  observePromises(results)
  return results
}

function refused(reason: string): ReingestResult {
  return { accepted: false, reason }
}

/** Accepts only a code as a reason; anything longer could contain a payload. */
function reasonOf(result: ReingestResult | undefined): string {
  const reason = result?.accepted === false ? result.reason : undefined
  return typeof reason === 'string' && /^[\w.:-]{1,64}$/.test(reason) ? reason : 'NotConfirmed'
}

function toOutcome({ row, isWhole, hops, items }: ReingestRequest, results: readonly ReingestResult[]): RecordOutcome {
  const { recordId, route, routing } = row
  const { table } = routing
  const reasons = results.flatMap((result) => (result.accepted ? [] : [result.reason]))
  if (reasons.length > 0) {
    const accepted = items.length - reasons.length
    const message = `${reasons.length} of ${items.length} could not be put back onto the stream: ${reasons[0]}`
    const failure = failed(recordId, { code: 'ReingestFailed', message, route, table })
    return accepted === 0 ? failure : { ...failure, acceptedRows: accepted }
  }
  return isWhole
    ? { status: 'reingested', recordId, route, table, hops: hops + 1 }
    : { ...row, extraRows: items.length }
}
