import { compileRouter } from '../../router/compile-router.ts'
import type { RouterDefinition } from '../../router/model.ts'
import { branchesOf } from './branches.ts'
import { MAX_QUERY_LENGTH, noteLines } from './notes.ts'
import { printQuery } from './query.ts'
import { reasonsAgainst } from './reasons.ts'

/** What a query can be made from: a complete router, or its handler. */
export interface JqSource {
  readonly definition: RouterDefinition
}

/** Facts about the events that cannot be read from the router. */
export interface JqOptions {
  /**
   * Asserts that every event has all keys of its table, with `null` for a missing value. Without it nullable columns are a
   * reason against a query: the router writes the null, and whether Firehose accepts a record without the key is not
   * documented.
   */
  readonly completeEvents?: boolean
}

/** The query with notes about it, or all reasons against one. */
export type JqExport =
  | { readonly possible: true; readonly query: string; readonly notes: readonly string[] }
  | { readonly possible: false; readonly reasons: readonly string[] }

/**
 * Prints the JQ query (`MetadataExtractionQuery` of Firehose's inline parsing) with which Firehose routes like a router
 * without a Lambda, or the reasons why there is no such query. A query only chooses database, table and operation: the record
 * goes into the table unchanged. So every route has to match by a literal pattern, and to select each column from the event's
 * key of the same name, in a form that Firehose accepts.
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
