import { droppedRecord } from '../../firehose/encode.ts'
import { furtherRows, recordAt } from '../../router/batch-state.ts'
import { answerFailed, failOverflow, type Invocation } from '../../router/overflow.ts'
import { type Plan, settleAnswer } from '../../router/response.ts'
import { putShipments } from './put-requests.ts'
import { packShipment, type Shipment } from './reingest-request.ts'

/**
 * Puts back what the response could not take, where the router says so, and the further rows of records that stay. A record
 * whose rows could not all be put back fails as a whole.
 */
export function settleShipments(invocation: Invocation, plan: Plan): Promise<void> | undefined {
  const { router, account } = invocation
  const { states } = account
  const shipments: Shipment[] = []
  const overflow = new Set(plan.overflow)
  for (const [index, delivery] of states.entries()) {
    const whole = overflow.has(index)
    if (delivery.status !== 'delivered' || (!whole && furtherRows(account, index).length === 0)) continue
    if (whole && router.overflow === 'fail') {
      failOverflow(invocation, plan, index)
      continue
    }
    const packed = packShipment(router, account, { index, delivery, whole })
    if ('status' in packed) {
      states[index] = packed
      answerFailed(invocation, plan, index)
    } else shipments.push(packed)
  }
  return shipments.length === 0 ? undefined : ship(invocation, plan, shipments)
}

async function ship(invocation: Invocation, plan: Plan, shipments: readonly Shipment[]): Promise<void> {
  const { router, event, deadline, account } = invocation
  const { reingest: target } = router
  if (target === undefined) return
  const settled = await putShipments(shipments, { target, event, deadline })
  for (const [position, { index }] of shipments.entries()) {
    const state = settled[position]
    if (state === undefined) continue
    account.states[index] = state
    // Only now is it certain that the stream has the record, so only now may Firehose forget it.
    if (state.status === 'reingested') settleAnswer(plan.ledger, index, [droppedRecord(recordAt(account, index))])
    else if (state.status === 'failed') answerFailed(invocation, plan, index)
  }
}
