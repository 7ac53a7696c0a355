import { type Columns, defineTable } from '../index.ts'
import { type MailColumns, mailColumns } from './mail-columns.ts'
import type { SesTable } from './type.ts'

/**
 * Declares the table of an event type: the columns of the message, then its own. Its own columns come from a function: a
 * bundler then sees one pure call for each table, and leaves out the tables that no code uses.
 */
export function defineLog<Own extends Columns>(name: string, own: () => Own): SesTable<MailColumns & Own> {
  return defineTable({ name, columns: { ...mailColumns, ...own() } })
}
