import { canAssignAnswers, droppedRecord, failedRecord, okRecord, RowAnswer } from '../firehose/answer.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import type { FirehoseResponseRecord } from '../firehose/response.ts'
import { type Failed, failed } from '../outcome/outcome.ts'
import type { PendingRow, RecordOutcome } from '../outcome/pending-row.ts'
import { firstArrival, recordAt } from './batch-state.ts'
import {
  addAnswer,
  bareAnswer,
  fitBudget,
  isTooLarge,
  isWithinBudget,
  ROW_BYTES,
  replaceAnswer,
  replaceIfFits,
} from './budget.ts'
import type { BatchState } from './model.ts'

// This file chooses every answer; firehose/answer.ts builds the objects.

/**
 * Answers every record within the response budget. If the answers do not fit, the first to give way are the copies of
 * failed payloads, which Firehose ignores; then dead-letter rows, whose originals go to the error output anyway; then rows.
 * A row that does not even fit alone fails at once, so that it is not put back for ever.
 *
 * @returns the indices of the rows that did not fit, in order
 */
export function respond(batch: BatchState): readonly number[] {
  const { records, outcomes, response } = batch
  const { answers } = response
  const isAssignable = canAssignAnswers()
  for (let index = 0; index < records.length; index++) {
    const record = records[index] as FirehoseRecord
    const outcome = outcomes[index] as RecordOutcome
    if (outcome.status !== 'delivered') {
      addAnswer(response, index, answersOf(batch, index)[0])
      continue
    }
    const { recordId, data, routing } = outcome
    if (typeof record.data !== 'string' || !isAssignable) {
      addAnswer(response, index, okRecord(record, data, routing.metadata, recordId), routing.metadataBytes)
      continue
    }
    // The common case is written out here: V8 compiles small functions one by one (the first ten invocations pay for that).
    answers[index] = new RowAnswer(recordId, data, routing.metadata)
    response.idChars += recordId.length
    response.bodyBytes += ROW_BYTES + data.length + routing.metadataBytes
  }
  return isWithinBudget(response) ? [] : makeRoom(batch)
}

/** Answers a record again after its outcome has changed. */
export function answerAgain(batch: BatchState, index: number, outcome: RecordOutcome): void {
  batch.outcomes[index] = outcome
  // A pending row that stays is in the response already.
  if (outcome.status !== 'delivered') chooseAnswer(batch, index)
}

/** Fails a record whose row did not fit into the response. */
export function failOverflow(batch: BatchState, index: number): void {
  const row = batch.outcomes[index]
  if (row?.status === 'delivered') answerAgain(batch, index, tooLarge(row, OVERFLOW))
}

const OVERFLOW = 'the response would exceed its budget; use a smaller BufferSizeInMBs on the stream, or smaller rows'

/** Marks failed records whose answer is their dead-letter row. */
export function markDeadLettered({ router, outcomes, response }: BatchState): void {
  if (router.deadLetter === undefined) return
  for (const [index, outcome] of outcomes.entries()) {
    const isRow = outcome.status === 'failed' && response.answers[index]?.result === 'Ok'
    if (isRow) outcomes[index] = { ...outcome, deadLettered: true }
  }
}

/** Makes answers give way, and returns the indices of the rows that had to, in order. */
function makeRoom(batch: BatchState): number[] {
  const { outcomes, response } = batch
  const { answers } = response
  for (const [index, answer] of answers.entries()) {
    const outcome = outcomes[index] as RecordOutcome
    if (outcome.status !== 'delivered' || !isTooLarge(response, answer)) continue
    outcomes[index] = tooLarge(outcome, 'the row alone is larger than the response may be')
    replaceAnswer(response, index, answersOf(batch, index)[0])
  }
  const isRow = (index: number): boolean => outcomes[index]?.status === 'delivered'
  const overflow: number[] = []
  fitBudget(response, (index) => answers[index]?.result === 'ProcessingFailed')
  fitBudget(response, (index) => answers[index]?.result === 'Ok' && !isRow(index))
  fitBudget(response, isRow, (index) => overflow.push(index))
  return overflow.sort((a, b) => a - b)
}

/** The possible answers for a record without a row, the best first. For a failed record: its dead-letter row, a copy of its payload, only its id. */
function answersOf(batch: BatchState, index: number): readonly [FirehoseResponseRecord, ...FirehoseResponseRecord[]] {
  const { router, invocation } = batch
  const record = recordAt(batch, index)
  const outcome = batch.outcomes[index] as RecordOutcome
  // Use the outcome's id: a getter of an adapter's record may return another id each time.
  const { recordId } = outcome
  if (outcome.status !== 'failed') return [droppedRecord(outcome)]
  const withoutRow = [failedRecord(record, recordId), bareAnswer(outcome)] as const
  const { deadLetter } = router
  if (deadLetter === undefined) return withoutRow
  const streamArn = invocation.deliveryStreamArn
  const row = deadLetter.write({ record: firstArrival(batch, index), failure: outcome.failure, streamArn })
  return row === undefined ? withoutRow : [okRecord(record, row, deadLetter.metadata, recordId), ...withoutRow]
}

/** Takes the best answer that the budget has room for, or else the last one. */
function chooseAnswer(batch: BatchState, index: number): void {
  const answers = answersOf(batch, index)
  for (const answer of answers) if (replaceIfFits(batch.response, index, answer)) return
  replaceAnswer(batch.response, index, answers.at(-1) as FirehoseResponseRecord)
}

function tooLarge({ recordId, route, routing }: PendingRow, message: string): Failed {
  return failed(recordId, { code: 'ResponseTooLarge', message, route, table: routing.table })
}
