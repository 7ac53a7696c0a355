import type { Operation } from '../firehose/response.ts'
import type { Table } from '../table/table.ts'
import type { NoExtraColumns, OperationHint, OperationOf, RowFor, RowTo } from './route.ts'

/** A symbol, because a row may come straight from an event: no JSON can claim to be addressed. */
const brand: unique symbol = Symbol.for('firehose-iceberg-router.row-to') as never

/**
 * Sends a row to another table than the route's, or with another operation. The route has to name the table in `tables`.
 *
 * @param operation `insert` by default
 */
export function rowTo<
  const T extends Table,
  Row extends RowFor<T, Op> & NoExtraColumns<Row, T>,
  Op extends OperationOf<T> = 'insert',
>(table: T, row: Row, operation?: Op | OperationHint<T>): RowTo<T> {
  // A hint is in the types only.
  const given = operation as Operation | undefined
  return Object.defineProperty({ table, row, operation: given ?? 'insert' }, brand, { value: true })
}

/** Checks whether a value is a row made by {@link rowTo}. May throw if the value is a proxy. */
export function isRowTo(value: unknown): value is RowTo {
  // A read, because `in` is slower.
  return typeof value === 'object' && value !== null && (value as { readonly [brand]?: unknown })[brand] === true
}
