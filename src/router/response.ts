import { droppedRecord, failedRecord, okRecord, RowAnswer } from '../firehose/encode.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import type { FirehoseResponseRecord } from '../firehose/response.ts'
import { type Failed, failed } from '../outcome/outcome.ts'
import type { Delivery, State } from '../outcome/pending-row.ts'
import { type Account, firstArrival, recordAt } from './batch-state.ts'
import {
  addAnswer,
  bareAnswer,
  createLedger,
  fitBudget,
  fits,
  isTooLarge,
  type Ledger,
  offerAnswer,
  ROW_BYTES,
  replaceAnswer,
} from './budget.ts'
import type { CompiledRouter } from './compile.ts'

/** A response that keeps its budget, and which rows had to leave it. */
export interface Plan {
  readonly ledger: Ledger
  /** The indices of the rows that did not fit, in order. */
  readonly overflow: readonly number[]
}

/**
 * Lays out the response. What gives way when it does not fit: first the copies of failed payloads, which Firehose ignores,
 * then quarantine rows, whose originals go to the error output all the same, then rows. A row that does not even fit alone
 * fails at once, so that it is not put back for ever.
 */
export function planResponse(router: CompiledRouter, account: Account, streamArn: string): Plan {
  const { records, states } = account
  const ledger = createLedger(router.responseBudgetBytes, records.length)
  const { answers } = ledger
  for (let index = 0; index < records.length; index++) {
    const record = records[index] as FirehoseRecord
    const state = states[index] as State
    if (state.status !== 'delivered') {
      addAnswer(ledger, index, answerOf(router, account, index, streamArn))
      continue
    }
    const { data, routing } = state
    if (record.data === undefined) {
      addAnswer(ledger, index, okRecord(record, data, routing.metadata), routing.sizeBytes)
      continue
    }
    // Nearly all records come by here, so it is all in one place: of small functions V8 would compile each by itself.
    const { recordId } = record
    answers[index] = new RowAnswer(recordId, data, routing.metadata)
    ledger.idChars += recordId.length
    ledger.bodyBytes += ROW_BYTES + data.length + routing.sizeBytes
  }
  return { ledger, overflow: fits(ledger) ? [] : makeRoom(ledger, router, account, streamArn) }
}

/** Makes answers give way, and returns the indices of the rows that had to, in order. */
function makeRoom(ledger: Ledger, router: CompiledRouter, account: Account, streamArn: string): number[] {
  const { states } = account
  const { answers } = ledger
  for (const [index, answer] of answers.entries()) {
    const state = states[index] as State
    if (state.status !== 'delivered' || !isTooLarge(ledger, answer)) continue
    states[index] = tooLarge(state, 'the row alone is larger than the response may be')
    replaceAnswer(ledger, index, answerOf(router, account, index, streamArn))
  }
  const isRow = (index: number): boolean => states[index]?.status === 'delivered'
  const overflow: number[] = []
  fitBudget(ledger, (index) => answers[index]?.result === 'ProcessingFailed')
  fitBudget(ledger, (index) => answers[index]?.result === 'Ok' && !isRow(index))
  fitBudget(ledger, isRow, (index) => overflow.push(index))
  return overflow.sort((a, b) => a - b)
}

/** The answers to a failed record, the best first: its quarantine row, a copy of what came, its id alone. */
export function failedAnswers(
  { quarantine }: CompiledRouter,
  account: Account,
  index: number,
  streamArn: string,
): readonly [FirehoseResponseRecord, ...FirehoseResponseRecord[]] {
  const record = recordAt(account, index)
  const state = account.states[index]
  const poor: [FirehoseResponseRecord, FirehoseResponseRecord] = [failedRecord(record), bareAnswer(record)]
  if (quarantine === undefined || state?.status !== 'failed') return poor
  const row = quarantine.write({ record: firstArrival(account, index), failure: state.failure, streamArn })
  return row === undefined ? poor : [okRecord(record, row, quarantine.metadata), ...poor]
}

function answerOf(router: CompiledRouter, account: Account, index: number, streamArn: string): FirehoseResponseRecord {
  if (account.states[index]?.status === 'failed') return failedAnswers(router, account, index, streamArn)[0]
  return droppedRecord(recordAt(account, index))
}

/** A row that does not fit into the response fails. */
export function tooLarge({ recordId, route, routing }: Delivery, message: string): Failed {
  return failed(recordId, { code: 'ResponseTooLarge', message, route, table: routing.table })
}

/** Takes the best of several answers that the budget has room for; the last of them in any case. */
export function settleAnswer(ledger: Ledger, index: number, answers: readonly FirehoseResponseRecord[]): void {
  for (const answer of answers) if (offerAnswer(ledger, index, answer)) return
  replaceAnswer(ledger, index, answers.at(-1) as FirehoseResponseRecord)
}
