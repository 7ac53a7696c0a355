import type { Table } from 'firehose-iceberg-router'
import * as ses from 'firehose-iceberg-router/ses'

/** The Glue database that the handler of the example routes to. */
export const DATABASE = 'email_event'

/** Every table that SES events are routed to, by name. */
export const tables: readonly Table[] = Object.values<unknown>(ses)
  .filter(isTable)
  .sort((a, b) => (a.name < b.name ? -1 : 1))

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'table'
}
