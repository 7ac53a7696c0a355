import type { FirehoseResponseRecord } from '../firehose/response.ts'
import { bodySizeBytes, frameSizeBytes, responseSizeBytes } from '../firehose/size.ts'

/** A response while it is built. Its size is exact, what `JSON.stringify` prints in bytes: {@link sizeBytesOf}. */
export interface Ledger {
  readonly answers: FirehoseResponseRecord[]
  readonly budgetBytes: number
  /** What the answers take without their ids. */
  bodyBytes: number
  /** Characters of all ids. */
  idChars: number
  /** Ids and what stands between answers, once somebody had to know. */
  frameBytes: number | undefined
}

/** Starts a response to so many records. */
export function createLedger(budgetBytes: number, count: number): Ledger {
  return { answers: new Array(count), budgetBytes, bodyBytes: 0, idChars: 0, frameBytes: undefined }
}

/** The size of the response. Most responses are so far below their budget that nobody has to measure their ids. */
export function sizeBytesOf(ledger: Ledger): number {
  ledger.frameBytes ??= frameSizeBytes(ledger.answers)
  return ledger.frameBytes + ledger.bodyBytes
}

/** Longest that a character of an id becomes in JSON, and what stands around an id. */
const MAX_CHAR_BYTES = 6
const AROUND_ID_BYTES = 3

/** Tells whether the response keeps its budget. */
export function fits(ledger: Ledger): boolean {
  const { answers, idChars, bodyBytes, budgetBytes } = ledger
  const atMostBytes = bodyBytes + idChars * MAX_CHAR_BYTES + answers.length * AROUND_ID_BYTES + ENVELOPE_BYTES
  return atMostBytes <= budgetBytes || sizeBytesOf(ledger) <= budgetBytes
}

const ENVELOPE_BYTES = '{"records":[]}'.length

/**
 * Adds the answer of a record, whatever it costs.
 *
 * @param metadataBytes the size of its metadata, where it is known
 */
export function addAnswer(ledger: Ledger, index: number, answer: FirehoseResponseRecord, metadataBytes?: number): void {
  ledger.answers[index] = answer
  ledger.idChars += answer.recordId.length
  ledger.bodyBytes += bodySizeBytes(answer, metadataBytes)
}

/** What a row's answer takes without its id, its row and its metadata. */
export const ROW_BYTES: number = '{"recordId":,"result":"Ok","data":""}'.length

/** Tells whether a response of this answer alone would pass the budget. */
export function isTooLarge({ budgetBytes }: Ledger, answer: FirehoseResponseRecord): boolean {
  return responseSizeBytes({ records: [answer] }) > budgetBytes
}

/** Replaces an answer, whatever it costs. */
export function replaceAnswer(ledger: Ledger, index: number, answer: FirehoseResponseRecord): void {
  ledger.bodyBytes += growth(ledger, index, answer)
  ledger.answers[index] = answer
}

/** Replaces an answer if the response then keeps its budget, and tells whether it did. */
export function offerAnswer(ledger: Ledger, index: number, answer: FirehoseResponseRecord): boolean {
  if (sizeBytesOf(ledger) + growth(ledger, index, answer) > ledger.budgetBytes) return false
  replaceAnswer(ledger, index, answer)
  return true
}

/** The answer that takes the least room and still keeps the record from getting lost. */
export function bareAnswer({ recordId }: { readonly recordId: string }): FirehoseResponseRecord {
  return { recordId, result: 'ProcessingFailed' }
}

/**
 * Makes answers fit: one byte over Lambda's cap and Firehose loses the whole batch, so single records have to give way,
 * those first that free most, so that the most records get through. The same batch always gives the same answer.
 *
 * @param mayYield which of the answers are candidates
 * @param onYield is told of each that had to give way
 */
export function fitBudget(
  ledger: Ledger,
  mayYield: (index: number) => boolean,
  onYield: (index: number) => void = () => undefined,
): void {
  if (fits(ledger)) return
  const candidates = ledger.answers.flatMap((answer, index) =>
    mayYield(index) ? [{ index, freed: -growth(ledger, index, bareAnswer(answer)) }] : [],
  )
  candidates.sort((a, b) => b.freed - a.freed || b.index - a.index)
  for (const { index, freed } of candidates) {
    if (sizeBytesOf(ledger) <= ledger.budgetBytes) return
    if (freed <= 0) return
    replaceAnswer(ledger, index, bareAnswer(ledger.answers[index] as FirehoseResponseRecord))
    onYield(index)
  }
}

function growth({ answers }: Ledger, index: number, answer: FirehoseResponseRecord): number {
  // Both have the same id.
  return bodySizeBytes(answer) - bodySizeBytes(answers[index] as FirehoseResponseRecord)
}
