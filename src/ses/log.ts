import { type Columns, defineTable } from '../index.ts'
import { type MailColumns, mailColumns } from './mail.ts'
import type { SesTable } from './type.ts'

/**
 * Declares the table of an event type: the columns of the message, then its own. Those come as a function, so that a
 * bundler sees a table as one call, which it leaves out where nobody asks for it.
 */
export function defineLog<Own extends Columns>(name: string, own: () => Own): SesTable<MailColumns & Own> {
  return defineTable({ name, columns: { ...mailColumns, ...own() } })
}
