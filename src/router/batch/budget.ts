import type { FirehoseResponseRecord, OkRecord } from '../../firehose/response.ts'
import { bodySizeBytes, frameSizeBytes, recordSizeBytes, responseSizeBytes } from '../../firehose/size.ts'

/** A response while it is built. Its size is always exact: what `JSON.stringify` prints, in bytes. */
export interface Ledger {
  readonly answers: FirehoseResponseRecord[]
  readonly budgetBytes: number
  sizeBytes: number
}

/** Starts a response to these records. */
export function createLedger(records: readonly { readonly recordId: string }[], budgetBytes: number): Ledger {
  return { answers: [], budgetBytes, sizeBytes: frameSizeBytes(records) }
}

/**
 * Adds the answer of the next record, whatever it costs.
 *
 * @param metadataBytes the size of its metadata, where it is known
 */
export function addAnswer(ledger: Ledger, answer: FirehoseResponseRecord, metadataBytes?: number): void {
  ledger.answers.push(answer)
  ledger.sizeBytes += bodySizeBytes(answer, metadataBytes)
}

/** Replaces an answer, whatever it costs. */
export function replaceAnswer(ledger: Ledger, index: number, answer: FirehoseResponseRecord): void {
  ledger.sizeBytes += growth(ledger, index, answer)
  ledger.answers[index] = answer
}

/** Replaces an answer if the response then keeps its budget, and tells whether it did. */
export function offerAnswer(ledger: Ledger, index: number, answer: FirehoseResponseRecord): boolean {
  if (ledger.sizeBytes + growth(ledger, index, answer) > ledger.budgetBytes) return false
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
  if (ledger.sizeBytes <= ledger.budgetBytes) return
  const candidates = ledger.answers.flatMap((answer, index) =>
    mayYield(index) ? [{ index, freed: -growth(ledger, index, bareAnswer(answer)) }] : [],
  )
  candidates.sort((a, b) => b.freed - a.freed || b.index - a.index)
  for (const { index, freed } of candidates) {
    if (ledger.sizeBytes <= ledger.budgetBytes) return
    if (freed <= 0) return
    replaceAnswer(ledger, index, bareAnswer(ledger.answers[index] as FirehoseResponseRecord))
    onYield(index)
  }
}

/** More than what is beside id and payload in an answer: names of 252 and 255 letters, an operation, punctuation. */
const OVERHEAD_BYTES = 1000

/** Tells whether a response with this answer alone would keep the budget. */
export function fitsAlone(answer: OkRecord, budgetBytes: number): boolean {
  const { recordId, data = answer.kafkaRecordValue ?? '' } = answer
  // No character of an id takes more than six bytes, and base64 takes one: nearly all rows need no closer look.
  if (recordId.length * 6 + data.length + OVERHEAD_BYTES <= budgetBytes) return true
  return responseSizeBytes({ records: [answer] }) <= budgetBytes
}

function growth({ answers }: Ledger, index: number, answer: FirehoseResponseRecord): number {
  return recordSizeBytes(answer) - recordSizeBytes(answers[index] as FirehoseResponseRecord)
}
