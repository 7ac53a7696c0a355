import { isIcebergRouterError } from '../../error.ts'
import type { FirehoseTransformationEvent } from '../../firehose/event.ts'
import { failed } from '../../outcome/outcome.ts'
import type { State } from '../../outcome/pending-row.ts'
import { type Deadline, waitFor } from '../../router/deadline.ts'
import type { PutBack, ReingestCall, ReingestItem, ReingestTarget } from '../../router/target.ts'
import type { Shipment } from './reingest-request.ts'

/** Where and until when to put things back. */
export interface PutOptions {
  readonly target: ReingestTarget
  readonly event: FirehoseTransformationEvent
  readonly deadline: Deadline
}

/**
 * Puts shipments back onto the stream in one call, and tells what each record comes to: only what the service confirmed
 * counts. Never rejects, whatever the target does, and does not wait for it beyond the deadline.
 */
export async function putShipments(shipments: readonly Shipment[], options: PutOptions): Promise<readonly State[]> {
  const items = shipments.flatMap((shipment) => shipment.items)
  const answers = await callTarget(items, options)
  let start = 0
  return shipments.map((shipment) => {
    const own = answers.slice(start, start + shipment.items.length)
    start += shipment.items.length
    return settleShipment(shipment, own)
  })
}

async function callTarget(items: readonly ReingestItem[], options: PutOptions): Promise<readonly PutBack[]> {
  const { target, event, deadline } = options
  const { deliveryStreamArn, sourceKinesisStreamArn, sourceMSKArn } = event
  const call: ReingestCall = { deliveryStreamArn, sourceKinesisStreamArn, sourceMSKArn, remainingMs: deadline.putMs }
  if (deadline.putMs() <= 0) return items.map(() => refused('DeadlineExceeded'))
  try {
    // Called inside a promise, because a target of one's own may throw at once.
    const answers = await waitFor((async () => target.put(items, call))(), deadline.putMs())
    if (answers === undefined) return items.map(() => refused('DeadlineExceeded'))
    return items.map((_, index) =>
      answers[index]?.accepted === true ? { accepted: true } : refused(reasonOf(answers[index])),
    )
  } catch (error) {
    // What is ours has a code and no payload: an SDK that is not installed has to be told of by name.
    const reason = isIcebergRouterError(error) ? `TargetFailed:${error.code}` : 'TargetFailed'
    return items.map(() => refused(reason))
  }
}

function refused(reason: string): PutBack {
  return { accepted: false, reason }
}

/** A reason is a code; anything longer could hold what was put back. */
function reasonOf(answer: PutBack | undefined): string {
  const reason = answer?.accepted === false ? answer.reason : undefined
  return typeof reason === 'string' && /^[\w.:-]{1,64}$/.test(reason) ? reason : 'NotConfirmed'
}

function settleShipment({ delivery, whole, hops, items }: Shipment, answers: readonly PutBack[]): State {
  const { recordId, route, routing } = delivery
  const { table } = routing
  const refusals = answers.flatMap((answer) => (answer.accepted ? [] : [answer.reason]))
  if (refusals.length > 0) {
    const accepted = items.length - refusals.length
    const message = `${refusals.length} of ${items.length} could not be put back onto the stream: ${refusals[0]}`
    const failure = failed(recordId, { code: 'ReingestFailed', message, route, table })
    return accepted === 0 ? failure : { ...failure, acceptedRows: accepted }
  }
  return whole
    ? { status: 'reingested', recordId, route, table, hops: hops + 1 }
    : { ...delivery, furtherRows: items.length }
}
