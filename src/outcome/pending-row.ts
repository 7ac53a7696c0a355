import { decodeText } from '../firehose/base64.ts'
import type { Routing } from './destination.ts'
import type { Delivered, Dropped, Failed, Outcome, Reingested } from './outcome.ts'

/**
 * A delivered row while its batch runs: the base64 that is answered and not the text, because all rows of a batch are
 * there until its end, and both of them were twice the memory.
 */
export interface Delivery extends Pick<Delivered, 'status' | 'recordId' | 'route' | 'furtherRows' | 'origin'> {
  readonly routing: Routing
  /** The row as base64 of the JSON object that the table's encoder writes. */
  readonly data: string
}

/**
 * The delivery of a record that goes as it came. A class, where a literal would do: V8 counts how many objects of a literal
 * it finds alive, which of a batch's are all of them until its end, and makes the next ones among its old objects. There
 * the dead ones stay long, and keep alive what hangs on them: a router of 1,000 routes took twice the memory that way.
 */
export class DirectDelivery implements Delivery {
  declare readonly status: 'delivered'
  declare readonly recordId: string
  declare readonly route: string
  declare readonly routing: Routing
  declare readonly data: string

  constructor(recordId: string, route: string, routing: Routing, data: string) {
    this.status = 'delivered'
    this.recordId = recordId
    this.route = route
    this.routing = routing
    this.data = data
  }
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
