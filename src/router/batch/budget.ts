import type { FirehoseResponseRecord } from '../../firehose/response.ts'
import { recordSizeBytes, responseSizeBytes } from '../../firehose/size.ts'

/**
 * Makes answers fit into a response: one byte over Lambda's cap and Firehose loses the whole batch, so single records
 * have to give way. First the copies of failed records' payloads, which Firehose ignores; then rows, the largest first, so
 * that the most records get through. The same batch always gives the same answer.
 *
 * @param answers one answer a record; changed in place
 * @param budgetBytes what the printed response may have
 * @param onOverflow is told the index of every row that had to give way
 * @returns the size of the printed response in bytes
 */
export function fitBudget(
  answers: FirehoseResponseRecord[],
  budgetBytes: number,
  onOverflow: (index: number) => void,
): number {
  let sizeBytes = responseSizeBytes({ records: answers })
  if (sizeBytes <= budgetBytes) return sizeBytes
  sizeBytes -= shrink(answers, 'ProcessingFailed', sizeBytes - budgetBytes, () => undefined)
  if (sizeBytes <= budgetBytes) return sizeBytes
  return sizeBytes - shrink(answers, 'Ok', sizeBytes - budgetBytes, onOverflow)
}

/** Replaces answers of one kind, the largest first, by failed ones without a payload until enough bytes are free. */
function shrink(
  answers: FirehoseResponseRecord[],
  kind: FirehoseResponseRecord['result'],
  excessBytes: number,
  onShrink: (index: number) => void,
): number {
  const candidates = answers.flatMap((answer, index) =>
    answer.result === kind ? [{ index, bytes: recordSizeBytes(answer) }] : [],
  )
  candidates.sort((a, b) => b.bytes - a.bytes || b.index - a.index)
  let freedBytes = 0
  for (const { index, bytes } of candidates) {
    if (freedBytes >= excessBytes) break
    const { recordId } = answers[index] as FirehoseResponseRecord
    const bare: FirehoseResponseRecord = { recordId, result: 'ProcessingFailed' }
    answers[index] = bare
    freedBytes += bytes - recordSizeBytes(bare)
    onShrink(index)
  }
  return freedBytes
}
