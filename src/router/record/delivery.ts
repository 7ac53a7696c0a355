import { decodeText } from '../../firehose/base64.ts'
import type { Routing } from '../destination.ts'
import type { Delivered, Dropped, Failed, Outcome, Reingested } from '../outcome.ts'

/**
 * A delivered row while its batch runs: the base64 that is answered and not the text, because all rows of a batch are
 * there until its end, and both of them were twice the memory.
 */
export interface Delivery extends Pick<Delivered, 'status' | 'recordId' | 'route' | 'furtherRows' | 'origin'> {
  readonly routing: Routing
  /** The row as base64 of the JSON object that the table's encoder writes. */
  readonly data: string
}

/** What became of a record, while its batch runs. */
export type State = Delivery | Dropped | Reingested | Failed

/** The text of a row that is on its way. */
export function rowText({ data }: Delivery): string {
  return decodeText(data)
}

/** Shows to people what became of a record: a row as its text. */
export function toOutcome(state: State): Outcome {
  if (state.status !== 'delivered') return state
  const { status, recordId, route, routing, data, ...more } = state
  const { table, operation, metadata } = routing
  return { status, recordId, route, table, operation, ...metadata, row: decodeText(data), ...more }
}
