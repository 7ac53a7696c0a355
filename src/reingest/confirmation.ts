/** The keys under which a service's answer has the result of each entry. */
export interface AnswerKeys {
  /** The key of the list, which has one entry for each record, in the order of the request. */
  readonly list: string
  /** The key that an entry has only if the record was accepted. */
  readonly id: string
}

/** The code of an entry that has neither an id nor an error code. */
export const NOT_CONFIRMED = 'NotConfirmed'

/**
 * Reads the result of each record of a call: `undefined` if the service confirmed it, otherwise its error code. An answer of
 * another shape confirms nothing: a row that arrives twice is better than a row that is lost.
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
