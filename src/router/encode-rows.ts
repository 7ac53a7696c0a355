import type { Operation } from '../firehose/response.ts'
import { type Failed, isFailed } from '../outcome/outcome.ts'
import { PendingRow } from '../outcome/pending-row.ts'
import type { Destination, Routing } from '../outcome/routing.ts'
import { formatPath } from '../path.ts'
import { isThenable } from '../promise.ts'
import type { RowIssue } from '../table/row-issue.ts'
import { rowIssues } from '../table/row-issues.ts'
import type { Table } from '../table/table.ts'
import { observePromises } from '../unawaited.ts'
import { failRoute, threw } from './fail.ts'
import type { Match, RecordResult, Transformed } from './model.ts'
import { operationProblem } from './operation.ts'
import { isRowTo } from './row-to.ts'

/** The most rows that one record may become, so that a generator that never ends cannot use up the function's memory. */
export const MAX_ROWS = 10_000

/** Encodes what a transform returned: one row, or a list of them, of which the first is the answer. */
export function encodeRows({ match, returned: result, operation }: Transformed): RecordResult {
  let rows: unknown[] | undefined
  let outcome: RecordResult
  try {
    if (isIterable(result)) {
      rows = []
      collect(result, rows)
    }
    outcome = rows === undefined ? encodeRow(match, result, operation) : encodeList(match, rows, operation)
  } catch (cause) {
    observePromises(rows ?? result)
    return threw('TransformThrew', 'the transform', match, cause)
  }
  return outcome.status === 'failed' ? refuseUnawaited(match, rows ?? [result], outcome) : outcome
}

function encodeList(match: Match, rows: readonly unknown[], operation: Operation): RecordResult {
  if (rows.length === 0) return noRows(match)
  if (rows.some((row) => isThenable(isRowTo(row) ? row.row : row))) return failRoute(match, NOT_ROWS)
  if (rows.length === 1) return encodeRow(match, rows[0], operation)
  if (rows.length > MAX_ROWS) {
    return failRoute(match, { code: 'TooManyRows', message: `the transform returned more than ${MAX_ROWS} rows` })
  }
  const { fanout } = match.route
  if (fanout !== undefined) return fanout.encodeRows(match, rows, (row) => encodeRow(match, row, operation))
  const message = `the transform returned ${rows.length} rows, and an answer holds one; give the router a target to reingest to`
  return failRoute(match, { code: 'SeveralRows', message })
}

/** What `list.map(async ...)` gives without `Promise.all`. */
const NOT_ROWS = { code: 'NotARow', message: 'expected rows, got Promises: await Promise.all() of them' } as const

function isIterable(value: unknown): value is Iterable<unknown> {
  // A row is a plain object. Reading `Symbol.iterator` of a proxy may throw.
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { readonly [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function'
  )
}

/** Reads at most one row more than allowed, which shows that there are too many. If reading throws, the list has what was read so far. */
function collect(rows: Iterable<unknown>, collected: unknown[]): void {
  for (const row of rows) {
    collected.push(row)
    if (collected.length > MAX_ROWS) return
  }
}

/**
 * Observes the promises in the rows of a record that fails. If a column holds one, that is why it fails: other columns may
 * be wrong as well, but `await` comes first.
 */
function refuseUnawaited(match: Match, rows: readonly unknown[], outcome: Failed): Failed {
  const found = observePromises(rows.map(rowWithoutTable))
  const { code, path, table = match.route.destination.table.name } = outcome.failure
  // A path begins with the row's place in the list. The encoder's own path says more, and hides the keys of maps.
  const column = code === 'UnawaitedPromise' ? path : formatPath(found?.slice(1, 2) ?? [])
  if (column === '' || COUNT_CODES.includes(code)) return outcome
  const message = `a promise in column ${column}: await it in the transform`
  return failRoute(match, { code: 'UnawaitedPromise', message, path: column, table })
}

/** The number of rows is wrong, whatever is in them. */
const COUNT_CODES: readonly Failed['failure']['code'][] = ['NotARow', 'TooManyRows', 'SeveralRows']

/** Removes the table of `rowTo`: it is not searched for promises. */
function rowWithoutTable(row: unknown): unknown {
  try {
    return isRowTo(row) ? row.row : row
  } catch {
    return row
  }
}

/** An empty list fails the record, unless the route has `empty: 'drop'`. */
function noRows(match: Match): RecordResult {
  const { empty, name } = match.route
  if (empty === 'drop') return { status: 'dropped', recordId: match.record.recordId, route: name }
  const message = "the transform returned an empty list; say empty: 'drop' on the route if that is meant"
  return failRoute(match, { code: 'NoRows', message })
}

function encodeRow(match: Match, result: unknown, routeOperation: Operation): PendingRow | Failed {
  const { route, record } = match
  try {
    const isAddressed = isRowTo(result)
    const operation = isAddressed ? result.operation : routeOperation
    let { routing } = route
    if (isAddressed || routing === undefined) {
      const found = findRouting(
        match,
        isAddressed ? route.destinations.get(result.table) : route.destination,
        operation,
      )
      if (isFailed(found)) return found
      routing = found
    }
    const row: unknown = isAddressed ? result.row : result
    const data = routing.encode(row, operation)
    if (typeof data === 'string') return new PendingRow(record.recordId, route.name, routing, data)
    return refuseRow(match, data, { table: isAddressed ? result.table : route.destination.table, row, operation })
  } catch (cause) {
    return threw('RowUnreadable', 'reading the row', match, cause)
  }
}

interface RefusedRow {
  readonly table: Table
  readonly row: unknown
  readonly operation: Operation
}

/** Fails a record because its row does not fit its table, with everything that is wrong with the row. */
function refuseRow(match: Match, first: RowIssue, { table, row, operation }: RefusedRow): Failed {
  // No `instanceof`: a table from another copy of the package (ESM and CJS together) has another `RowIssue` class.
  const { code, message, path } = first
  const all = rowIssues(table, row, operation, MAX_ISSUES)
  const issues = all.map((issue) => ({ code: issue.code, path: formatPath(issue.path) }))
  const failure = { code, message, path: formatPath(path), table: table.name }
  return failRoute(match, issues.length > 1 ? { ...failure, issues } : failure)
}

/** The same limit as for schema issues. */
const MAX_ISSUES = 10

/** The routing of a row that says where it goes, or whose operation was computed: neither was known when the router was built. */
function findRouting(match: Match, destination: Destination | undefined, operation: Operation): Routing | Failed {
  if (destination === undefined) {
    const message = 'the row goes to a table that the route does not name in tables'
    return failRoute(match, { code: 'UndeclaredTable', message })
  }
  const problem = operationProblem(destination, operation)
  if (problem === undefined) return destination.routings[operation]
  return failRoute(match, { code: 'InvalidOperation', message: problem, table: destination.table.name })
}
