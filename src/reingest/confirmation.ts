/** Where a service's answer says what became of each entry. */
export interface AnswerKeys {
  /** The list, one entry a record, in the order of the request. */
  readonly list: string
  /** What an entry has only where the record was taken. */
  readonly id: string
}

/** The code of an entry that says neither that the record was taken nor why not. */
export const NOT_CONFIRMED = 'NotConfirmed'

/**
 * What became of each record of a call that was answered: `undefined` where the service confirmed it, else its code. An answer
 * of another shape confirms nothing: better a row twice than none.
 */
export function readConfirmations(answer: unknown, { list, id }: AnswerKeys, count: number): (string | undefined)[] {
  const entries: unknown = own(answer, list)
  return Array.from({ length: count }, (_, index) => {
    const entry: unknown = Array.isArray(entries) && entries.length === count ? entries[index] : undefined
    const code = own(entry, 'ErrorCode')
    if (typeof code === 'string' && code !== '') return code
    const confirmed = own(entry, id)
    return typeof confirmed === 'string' && confirmed !== '' ? undefined : NOT_CONFIRMED
  })
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
