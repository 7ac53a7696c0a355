import { type Failed, failed } from '../outcome/outcome.ts'
import type { RecordOutcome } from '../outcome/pending-row.ts'

const MAX_CHARS = 300

/**
 * Adds to each failure what the user's code threw or the schema found, in its own words: `explain: true`. These words may
 * quote the payload.
 */
export function explainFailures(outcomes: RecordOutcome[]): void {
  for (const [index, outcome] of outcomes.entries()) {
    const words = outcome.status === 'failed' ? wordsOf(outcome.failure.cause) : undefined
    if (words !== undefined) outcomes[index] = explained(outcome as Failed, words)
  }
}

function explained({ failure, ...outcome }: Failed, words: string): Failed {
  const message = `${failure.message}: ${words}`
  return { ...outcome, ...failed(outcome.recordId, { ...failure, message, cause: failure.cause }) }
}

/** The message of what was thrown, or those of a schema's first issues, in one line. They may quote the payload. */
export function wordsOf(cause: unknown): string | undefined {
  try {
    const messages = Array.isArray(cause) ? cause.slice(0, 3).map(messageOf) : [messageOf(cause)]
    const words = messages.filter((message) => message !== '').join('; ')
    return words === '' ? undefined : printable(words).slice(0, MAX_CHARS)
  } catch {
    return undefined
  }
}

function messageOf(value: unknown): string {
  const message = typeof value === 'object' ? (value as { readonly message?: unknown } | null)?.message : value
  return typeof message === 'string' ? message : ''
}

/** Removes line breaks and control characters, which a terminal would obey. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
}
