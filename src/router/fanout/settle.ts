import { droppedRecord } from '../../firehose/encode.ts'
import { furtherRows } from '../batch/entry.ts'
import { type Plan, settleAnswer } from '../batch/plan.ts'
import { answerFailed, failOverflow, type Invocation } from '../batch/settle.ts'
import { putShipments } from './put.ts'
import { packShipment, type Shipment } from './shipment.ts'

/**
 * Puts back what the response could not take, where the router says so, and the further rows of records that stay. A record
 * whose rows could not all be put back fails as a whole.
 */
export function settleShipments(invocation: Invocation, plan: Plan): Promise<void> | undefined {
  const { router, entries } = invocation
  const shipments: [number, Shipment][] = []
  const overflow = new Set(plan.overflow)
  for (const [index, entry] of entries.entries()) {
    const { outcome } = entry
    const whole = overflow.has(index)
    if (outcome.status !== 'delivered' || (!whole && furtherRows(entry).length === 0)) continue
    if (whole && router.overflow === 'fail') {
      failOverflow(invocation, plan, index)
      continue
    }
    const packed = packShipment(router, entry, { outcome, whole })
    if ('status' in packed) {
      entry.outcome = packed
      answerFailed(invocation, plan, index)
    } else shipments.push([index, packed])
  }
  return shipments.length === 0 ? undefined : ship(invocation, plan, shipments)
}

async function ship(
  invocation: Invocation,
  plan: Plan,
  shipments: readonly (readonly [number, Shipment])[],
): Promise<void> {
  const { router, event, deadline } = invocation
  const { reingest: target } = router
  if (target === undefined) return
  const all = shipments.map(([, shipment]) => shipment)
  const outcomes = await putShipments(all, { target, event, deadline })
  for (const [position, [index, { entry }]] of shipments.entries()) {
    const outcome = outcomes[position]
    if (outcome === undefined) continue
    entry.outcome = outcome
    // Only now is it certain that the stream has the record, so only now may Firehose forget it.
    if (outcome.status === 'reingested') settleAnswer(plan.ledger, index, [droppedRecord(entry.record)])
    else if (outcome.status === 'failed') answerFailed(invocation, plan, index)
  }
}
