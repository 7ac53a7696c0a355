import { encodeBase64 } from '../../firehose/base64.ts'
import { droppedRecord, failedRecord, okRecord } from '../../firehose/encode.ts'
import type { FirehoseResponseRecord } from '../../firehose/response.ts'
import type { CompiledRouter } from '../compile.ts'
import { type Failed, failed } from '../outcome.ts'
import type { Delivery } from '../record/delivery.ts'
import { bareAnswer, createLedger, fitBudget, fitsAlone, type Ledger, offerAnswer, replaceAnswer } from './budget.ts'
import { type Entry, firstArrival } from './entry.ts'

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
export function planResponse(router: CompiledRouter, entries: readonly Entry[], streamArn: string): Plan {
  const { responseBudgetBytes } = router
  const answers = entries.map((entry) => answerOf(router, entry, streamArn))
  const ledger = createLedger(answers, responseBudgetBytes)
  const isRow = (index: number): boolean => entries[index]?.outcome.status === 'delivered'
  const overflow: number[] = []
  fitBudget(ledger, (index) => answers[index]?.result === 'ProcessingFailed')
  fitBudget(ledger, (index) => answers[index]?.result === 'Ok' && !isRow(index))
  fitBudget(ledger, isRow, (index) => overflow.push(index))
  return { ledger, overflow: overflow.sort((a, b) => a - b) }
}

/** The answers to a failed record, the best first: its quarantine row, a copy of what came, its id alone. */
export function failedAnswers(
  { quarantine }: CompiledRouter,
  entry: Entry,
  { failure }: Failed,
  streamArn: string,
): readonly [FirehoseResponseRecord, ...FirehoseResponseRecord[]] {
  const { record } = entry
  const poor: [FirehoseResponseRecord, FirehoseResponseRecord] = [failedRecord(record), bareAnswer(record)]
  if (quarantine === undefined) return poor
  const row = quarantine.write({ record: firstArrival(entry), failure, streamArn })
  return row === undefined ? poor : [okRecord(record, encodeBase64(row), quarantine.otfMetadata), ...poor]
}

function answerOf(router: CompiledRouter, entry: Entry, streamArn: string): FirehoseResponseRecord {
  const { outcome, record } = entry
  if (outcome.status === 'delivered') {
    const answer = okRecord(record, outcome.data, outcome.otfMetadata)
    if (fitsAlone(answer, router.responseBudgetBytes)) return answer
    entry.outcome = tooLarge(outcome, 'the row alone is larger than the response may be')
  }
  if (entry.outcome.status === 'failed') return failedAnswers(router, entry, entry.outcome, streamArn)[0]
  return droppedRecord(record)
}

/** A row that does not fit into the response fails. */
export function tooLarge({ recordId, route, table }: Delivery, message: string): Failed {
  return failed(recordId, { code: 'ResponseTooLarge', message, route, table })
}

/** Takes the best of several answers that the budget has room for; the last of them in any case. */
export function settleAnswer(ledger: Ledger, index: number, answers: readonly FirehoseResponseRecord[]): void {
  for (const answer of answers) if (offerAnswer(ledger, index, answer)) return
  replaceAnswer(ledger, index, answers.at(-1) as FirehoseResponseRecord)
}
