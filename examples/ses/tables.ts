import type { Table } from 'firehose-iceberg-router'
import { handler } from './handler.ts'

/** The Glue database that the handler of the example routes to. */
export const DATABASE: string = handler.database

/** The tables that it routes to, by name: those are deployed, and no other. */
export const tables: readonly Table[] = [...handler.tables].sort((a, b) => (a.name < b.name ? -1 : 1))

/** What SES has to publish for them, in SES' own words: `RENDERING_FAILURE` for `rendering_failure_log`. */
export const eventTypes: readonly string[] = tables.map(({ name }) => name.replace(/_log$/, '').toUpperCase())
