import type { Operation } from '../firehose/response.ts'
import type { Table } from '../table/table.ts'
import type { NoExtraColumns, OperationOf, RowFor } from './route.ts'

/** A symbol, because a row may come straight from an event: no JSON can claim to be addressed. */
const brand: unique symbol = Symbol.for('firehose-iceberg-router.to') as never

/** A row with an address of its own: another table than its route's, or another operation. */
export interface RowTo<T extends Table = Table> {
  readonly table: T
  readonly row: unknown
  readonly operation: Operation
}

/**
 * Sends a row to another table than the route's, or with another operation. The route has to name the table in `tables`.
 *
 * @param operation `insert` unless said
 */
export function to<
  const T extends Table,
  Row extends RowFor<T, Op> & NoExtraColumns<Row, T>,
  Op extends OperationOf<T> = 'insert',
>(table: T, row: Row, operation?: Op): RowTo<T> {
  return Object.defineProperty({ table, row, operation: operation ?? 'insert' }, brand, { value: true })
}

/** Tells an addressed row from a plain one. May throw where the value is a proxy. */
export function isRowTo(value: unknown): value is RowTo {
  // Read, because asking with `in` takes longer.
  return typeof value === 'object' && value !== null && (value as { readonly [brand]?: unknown })[brand] === true
}
