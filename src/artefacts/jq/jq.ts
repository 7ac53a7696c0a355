import { compileRouter } from '../../router/compile.ts'
import type { RouterDefinition } from '../../router/model.ts'
import { branchesOf } from './branches.ts'
import { MAX_QUERY_LENGTH, noteLines } from './notes.ts'
import { printQuery } from './query.ts'
import { reasonsAgainst } from './reasons.ts'

/** What a query can be made of: a finished router, or its handler. */
export interface JqSource {
  readonly definition: RouterDefinition
}

/** What is known of the events and cannot be read from the router. */
export interface JqOptions {
  /**
   * Your word that every event has all keys of its table, `null` where there is no value. Without it nullable columns are a
   * reason against: the router writes the null, and whether Firehose takes a record without the key is not documented.
   */
  readonly completeEvents?: boolean
}

/** The query, and what to know before it is used; or everything that speaks against one. */
export type JqExport =
  | { readonly possible: true; readonly query: string; readonly notes: readonly string[] }
  | { readonly possible: false; readonly reasons: readonly string[] }

/**
 * Says whether Firehose can do by itself what a router does, with the JQ query of its inline parsing
 * (`MetadataExtractionQuery`), and prints that query. It only chooses database, table and operation: the record itself goes
 * into the table as it is. So every route has to select each column from the event's own key of that name, in a form that
 * Firehose takes, and to tell its events by a literal pattern.
 *
 * @throws IcebergRouterError `InvalidRouter`, as `handler()` does
 */
export function toJq({ definition }: JqSource, options: JqOptions = {}): JqExport {
  compileRouter(definition)
  const reasons = reasonsAgainst(definition, options.completeEvents === true)
  if (reasons.length > 0) return { possible: false, reasons }
  const query = printQuery(branchesOf(definition), definition.options)
  if (query.length <= MAX_QUERY_LENGTH) return { possible: true, query, notes: noteLines(definition) }
  const reason = `the query would have ${query.length} characters; Firehose takes ${MAX_QUERY_LENGTH}`
  return { possible: false, reasons: [reason] }
}
