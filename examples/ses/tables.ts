import type { Table } from 'firehose-iceberg-router'
import { handler } from './handler.ts'

/** The Glue database that the handler of the example routes to. */
export const DATABASE: string = handler.database

/** The tables of the handler, sorted by name: exactly these are deployed. */
export const tables: readonly Table[] = [...handler.tables].sort((a, b) => (a.name < b.name ? -1 : 1))

/** The event types for these tables, as the API of SES names them: `RENDERING_FAILURE` for `rendering_failure_log`. */
export const eventTypes: readonly string[] = tables.map(({ name }) => name.replace(/_log$/, '').toUpperCase())
