import { decodeText } from '../firehose/base64.ts'
import type { Delivered, Dropped, Failed, Origin, Outcome, Reingested } from './outcome.ts'
import type { Routing } from './routing.ts'

/**
 * A row that waits for its batch to end. It holds the base64 of the answer and not the JSON text: all rows of a batch are
 * alive until it ends, and both forms together take twice the memory.
 *
 * A class, not a literal: because all of a batch's objects are alive until it ends, V8 would pretenure literals and allocate
 * the next ones in old space, where dead ones stay long (`npm run bench -- --only routes`: twice the memory with 1,000 routes).
 */
export class PendingRow {
  declare readonly status: 'delivered'
  declare readonly recordId: string
  declare readonly route: string
  declare readonly routing: Routing
  /** The base64 of the JSON object that the table's encoder writes. */
  declare readonly data: string
  /** The number of rows of the same record that were put back onto the stream. */
  declare readonly extraRows?: number
  declare readonly origin?: Origin

  constructor(recordId: string, route: string, routing: Routing, data: string) {
    this.status = 'delivered'
    this.recordId = recordId
    this.route = route
    this.routing = routing
    this.data = data
  }
}

// Assigning to a field fails if a library has given all objects a read-only property of its name: these are found before it.
for (const name of ['status', 'recordId', 'route', 'routing', 'data'])
  Object.defineProperty(PendingRow.prototype, name, { value: undefined, writable: true })

/** The outcome of a record while its batch runs. */
export type RecordOutcome = PendingRow | Dropped | Reingested | Failed

/** The JSON text of a pending row. */
export function rowText({ data }: PendingRow): string {
  return decodeText(data)
}

/** Converts the outcome of a record to its public form, with the row as text. */
export function toOutcome(outcome: RecordOutcome): Outcome {
  if (outcome.status !== 'delivered') return outcome
  const { status, recordId, route, routing, data, ...more } = outcome
  const { table, operation, metadata } = routing
  return { status, recordId, route, table, operation, ...metadata, row: decodeText(data), ...more } satisfies Delivered
}
