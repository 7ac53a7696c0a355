import type { FirehoseResponseRecord } from '../firehose/response.ts'
import { bodySizeBytes, frameSizeBytes, responseSizeBytes } from '../firehose/size.ts'

/** A response that is being built. Its size is exact, in bytes as `JSON.stringify` prints it: {@link sizeBytesOf}. */
export interface ResponseBudget {
  readonly answers: FirehoseResponseRecord[]
  readonly budgetBytes: number
  /** The bytes of all answers without their ids. */
  bodyBytes: number
  /** The characters of all ids. */
  idChars: number
  /** The bytes of ids and punctuation; measured only if needed. */
  frameBytes: number | undefined
}

/** Starts a response to a number of records. */
export function createResponseBudget(budgetBytes: number, count: number): ResponseBudget {
  return { answers: new Array(count), budgetBytes, bodyBytes: 0, idChars: 0, frameBytes: undefined }
}

/** The exact size of the response. Most responses are so far below their budget that ids are never measured. */
export function sizeBytesOf(response: ResponseBudget): number {
  response.frameBytes ??= frameSizeBytes(response.answers)
  return response.frameBytes + response.bodyBytes
}

/** The longest JSON form of a character of an id, and the punctuation around an id. */
const MAX_CHAR_BYTES = 6
const AROUND_ID_BYTES = 3

/** Checks whether the response is within its budget. */
export function isWithinBudget(response: ResponseBudget): boolean {
  const { answers, idChars, bodyBytes, budgetBytes } = response
  const atMostBytes = bodyBytes + idChars * MAX_CHAR_BYTES + answers.length * AROUND_ID_BYTES + FRAME_BYTES
  return atMostBytes <= budgetBytes || sizeBytesOf(response) <= budgetBytes
}

const FRAME_BYTES = '{"records":[]}'.length

/**
 * Adds the answer of a record, whatever its size.
 *
 * @param metadataBytes the size of its metadata, if it is known
 */
export function addAnswer(
  response: ResponseBudget,
  index: number,
  answer: FirehoseResponseRecord,
  metadataBytes?: number,
): void {
  response.answers[index] = answer
  response.idChars += answer.recordId.length
  response.bodyBytes += bodySizeBytes(answer, metadataBytes)
}

/** The bytes of a row's answer without its id, its row and its metadata. */
export const ROW_BYTES: number = '{"recordId":,"result":"Ok","data":""}'.length

/** Checks whether a response of this answer alone would exceed the budget. */
export function isTooLarge({ budgetBytes }: ResponseBudget, answer: FirehoseResponseRecord): boolean {
  return responseSizeBytes({ records: [answer] }) > budgetBytes
}

/** Replaces an answer, whatever its size. */
export function replaceAnswer(response: ResponseBudget, index: number, answer: FirehoseResponseRecord): void {
  response.bodyBytes += growth(response, index, answer)
  response.answers[index] = answer
}

/** Replaces an answer if the response then keeps its budget, and returns whether it did. */
export function replaceIfFits(response: ResponseBudget, index: number, answer: FirehoseResponseRecord): boolean {
  if (sizeBytesOf(response) + growth(response, index, answer) > response.budgetBytes) return false
  replaceAnswer(response, index, answer)
  return true
}

/** The smallest answer: Firehose then writes the record to the error output. */
export function bareAnswer({ recordId }: { readonly recordId: string }): FirehoseResponseRecord {
  return { recordId, result: 'ProcessingFailed' }
}

/**
 * Makes answers fit. A response of one byte more than Lambda allows fails the whole batch. So single records give way: first
 * those that free the most bytes, so that most records get through. The same batch always gives the same answers. Which kinds of
 * answers give way before others: `respond.ts`.
 *
 * @param mayYield which of the answers are candidates
 * @param onYield called for each answer that gave way
 */
export function fitBudget(
  response: ResponseBudget,
  mayYield: (index: number) => boolean,
  onYield: (index: number) => void = () => undefined,
): void {
  if (isWithinBudget(response)) return
  const candidates = response.answers.flatMap((answer, index) =>
    mayYield(index) ? [{ index, freed: -growth(response, index, bareAnswer(answer)) }] : [],
  )
  candidates.sort((a, b) => b.freed - a.freed || b.index - a.index)
  for (const { index, freed } of candidates) {
    if (sizeBytesOf(response) <= response.budgetBytes) return
    if (freed <= 0) return
    replaceAnswer(response, index, bareAnswer(response.answers[index] as FirehoseResponseRecord))
    onYield(index)
  }
}

function growth({ answers }: ResponseBudget, index: number, answer: FirehoseResponseRecord): number {
  // Both have the same id.
  return bodySizeBytes(answer) - bodySizeBytes(answers[index] as FirehoseResponseRecord)
}
