import { readErrors } from 'firehose-iceberg-router/local'

/** What a folder of error objects holds. */
export interface FailedEvents {
  /** The events as they came, to be put again. */
  readonly events: readonly Uint8Array[]
  /** Lines that are no events, and why. */
  readonly left: readonly string[]
}

/**
 * Reads the events that the router or Lambda failed, out of a copy of the error bucket. What failed later, under
 * `iceberg-failed/`, is left: nobody documents whether its lines hold the event or the row, and a row has no route.
 */
export async function readFailedEvents(folder: string): Promise<FailedEvents> {
  const events: Uint8Array[] = []
  const left: string[] = []
  for await (const { object, line, outputType, record, problem } of readErrors(folder)) {
    if (record === undefined) left.push(`${object}:${line}: ${problem}`)
    else if (outputType === 'processing-failed') events.push(record.payload)
    else left.push(`${object}:${line}: ${record.errorCode}, in ${outputType ?? 'no folder that says what failed'}`)
  }
  return { events, left }
}
