import { droppedRecord } from '../../firehose/encode.ts'
import type { FirehoseTransformationEvent } from '../../firehose/event.ts'
import type { CompiledRouter } from '../compile.ts'
import { putShipments } from '../fanout/put.ts'
import { packShipment, type Shipment } from '../fanout/shipment.ts'
import type { Deadline } from './deadline.ts'
import { type Entry, furtherRows } from './entry.ts'
import { failedAnswers, type Plan, settleAnswer, tooLarge } from './plan.ts'

/** An invocation whose records have been run. */
export interface Invocation {
  readonly router: CompiledRouter
  readonly event: FirehoseTransformationEvent
  readonly entries: readonly Entry[]
  readonly deadline: Deadline
}

const OVERFLOW = 'the response would pass its budget; use a smaller BufferSizeInMBs on the stream, or smaller rows'

/**
 * Settles what the response could not take: rows that did not fit fail or go back onto the stream, and so do the further
 * rows of those that stay. A record whose rows could not all be put back fails as a whole. Returns a promise only where
 * something is put back.
 */
export function settleOverflow(invocation: Invocation, plan: Plan): Promise<void> | undefined {
  const { router, event, entries, deadline } = invocation
  const shipments: [number, Shipment][] = []
  const overflow = new Set(plan.overflow)
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] as Entry
    const { outcome } = entry
    const whole = overflow.has(index)
    if (outcome.status !== 'delivered' || (!whole && furtherRows(entry).length === 0)) continue
    const packed =
      whole && router.overflow === 'fail'
        ? tooLarge(outcome, OVERFLOW)
        : packShipment(router, entry, { outcome, whole })
    if (!('status' in packed)) {
      shipments.push([index, packed])
      continue
    }
    entry.outcome = packed
    answerFailed(invocation, plan, index)
  }
  const { reingest: target } = router
  if (shipments.length === 0 || target === undefined) return undefined
  return ship(invocation, plan, { shipments, put: (all) => putShipments(all, { target, event, deadline }) })
}

interface Shipping {
  readonly shipments: readonly (readonly [number, Shipment])[]
  readonly put: (shipments: readonly Shipment[]) => ReturnType<typeof putShipments>
}

async function ship(invocation: Invocation, plan: Plan, { shipments, put }: Shipping): Promise<void> {
  const outcomes = await put(shipments.map(([, shipment]) => shipment))
  for (const [position, [index, { entry }]] of shipments.entries()) {
    const outcome = outcomes[position]
    if (outcome === undefined) continue
    entry.outcome = outcome
    // Only now is it certain that the stream has the record, so only now may Firehose forget it.
    if (outcome.status === 'reingested') settleAnswer(plan.ledger, index, [droppedRecord(entry.record)])
    else if (outcome.status === 'failed') answerFailed(invocation, plan, index)
  }
}

function answerFailed({ router, event, entries }: Invocation, { ledger }: Plan, index: number): void {
  const entry = entries[index]
  if (entry?.outcome.status !== 'failed') return
  settleAnswer(ledger, index, failedAnswers(router, entry, entry.outcome, event.deliveryStreamArn))
}
