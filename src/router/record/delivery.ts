import { decodeText } from '../../firehose/base64.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import type { Operation } from '../../firehose/response.ts'
import type { Destination } from '../destination.ts'
import type { Delivered, Dropped, Failed, Outcome, Reingested } from '../outcome.ts'

/**
 * A delivered row while its batch runs: the base64 that is answered and not the text, because all rows of a batch are
 * there until its end, and both of them were twice the memory.
 */
export interface Delivery extends Omit<Delivered, 'row'> {
  /** The row as base64 of one JSON object. */
  readonly data: string
}

/** What became of a record, while its batch runs. */
export type State = Delivery | Dropped | Reingested | Failed

/** Where a row goes, and whose it is. */
export interface Address {
  readonly record: FirehoseRecord
  readonly route: { readonly name: string }
  readonly destination: Destination
  readonly operation: Operation
}

/**
 * Makes what a record comes to whose row is ready: every engine that makes rows ends here.
 *
 * @param data the row as base64 of the JSON object that the destination's encoder would write
 */
export function deliver({ record, route, destination, operation }: Address, data: string): Delivery {
  const { table, otf } = destination
  return {
    status: 'delivered',
    recordId: record.recordId,
    route: route.name,
    table: table.name,
    operation,
    otfMetadata: otf[operation],
    data,
  }
}

/** The text of a row that is on its way. */
export function rowText({ data }: Delivery): string {
  return decodeText(data)
}

/** Shows to people what became of a record: a row as its text. */
export function toOutcome(state: State): Outcome {
  if (state.status !== 'delivered') return state
  const { status, recordId, route, table, operation, otfMetadata, data, ...more } = state
  return { status, recordId, route, table, operation, otfMetadata, row: decodeText(data), ...more }
}
