import type { FirehoseTransformationEvent } from '../firehose/event.ts'
import type { Account } from './batch-state.ts'
import type { CompiledRouter } from './compile.ts'
import type { Deadline } from './deadline.ts'
import { failedAnswers, type Plan, settleAnswer, tooLarge } from './response.ts'

/** An invocation whose records have been run. */
export interface Invocation {
  readonly router: CompiledRouter
  readonly event: FirehoseTransformationEvent
  readonly account: Account
  readonly deadline: Deadline
}

const OVERFLOW = 'the response would pass its budget; use a smaller BufferSizeInMBs on the stream, or smaller rows'

/**
 * Settles what the response could not take: rows that did not fit fail, unless the router has a target, which then decides.
 * Returns a promise only where something is put back.
 */
export function settleOverflow(invocation: Invocation, plan: Plan): Promise<void> | undefined {
  const { fanout } = invocation.router
  if (fanout !== undefined) return fanout.settle(invocation, plan)
  for (const index of plan.overflow) failOverflow(invocation, plan, index)
  return undefined
}

/** A row that did not fit into the response fails. */
export function failOverflow(invocation: Invocation, plan: Plan, index: number): void {
  const { states } = invocation.account
  const state = states[index]
  if (state?.status !== 'delivered') return
  states[index] = tooLarge(state, OVERFLOW)
  answerFailed(invocation, plan, index)
}

/** Answers a record that failed after the response was laid out. */
export function answerFailed({ router, event, account }: Invocation, { ledger }: Plan, index: number): void {
  settleAnswer(ledger, index, failedAnswers(router, account, index, event.deliveryStreamArn))
}
