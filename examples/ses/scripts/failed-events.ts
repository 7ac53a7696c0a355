import { readErrors } from 'firehose-iceberg-router/local'

/** The content of a folder of error objects. */
export interface FailedEvents {
  /** The original events, to put again. */
  readonly events: readonly Uint8Array[]
  /** Lines that are not replayed, with the reason. */
  readonly left: readonly string[]
}

/**
 * Reads the events that failed in the router or in Lambda from a copy of the error bucket. It leaves out `iceberg-failed/`: AWS
 * does not document whether its lines hold events or rows, and a row has no route.
 */
export async function readFailedEvents(folder: string): Promise<FailedEvents> {
  const events: Uint8Array[] = []
  const left: string[] = []
  for await (const { object, line, outputType, record, problem } of readErrors(folder)) {
    if (record === undefined) left.push(`${object}:${line}: ${problem}`)
    else if (outputType === 'processing-failed') events.push(record.payload)
    else
      left.push(
        `${object}:${line}: ${record.errorCode}, in ${outputType ?? 'a folder without a type of failure in its name'}`,
      )
  }
  return { events, left }
}
