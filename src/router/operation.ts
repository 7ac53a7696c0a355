import { OPERATIONS, type Operation } from '../firehose/response.ts'
import type { Table } from '../table/table.ts'

/** What decides which operations a table accepts. */
interface Target {
  readonly table: Table
  readonly appendOnly: boolean
}

/** Returns why a table does not accept an operation, fixed or computed for each event; undefined if it does. */
export function operationProblem(
  { table, appendOnly }: Target,
  operation: Operation | (() => unknown),
): string | undefined {
  if (operation === 'insert') return undefined
  const isComputed = typeof operation === 'function'
  if (!isComputed && !OPERATIONS.includes(operation)) return 'expected insert, update or delete'
  if (appendOnly) return 'an append-only stream takes nothing but inserts'
  if (isComputed || table.uniqueKeys.length > 0) return undefined
  return `${operation} needs unique keys; add uniqueKeys to the table ${table.name}`
}
