import type { Operation } from '../firehose/response.ts'
import type { Destination, Routing } from '../outcome/destination.ts'
import type { Failed } from '../outcome/outcome.ts'
import { PendingRow } from '../outcome/pending-row.ts'
import { adopt, isThenable } from '../promise.ts'
import { formatPath } from '../table/path.ts'
import { failRoute, threw } from './fail.ts'
import type { Match, RecordResult, Transformed } from './model.ts'
import { operationProblem } from './operation.ts'
import { isRowTo } from './row-to.ts'

/** The most rows that one record may become, so that a generator that never ends cannot use up the function's memory. */
export const MAX_ROWS = 10_000

/** Encodes what a transform returned: one row, or a list of them, of which the first is the answer. */
export function encodeRows({ match, rows: result, operation }: Transformed): RecordResult {
  let rows: readonly unknown[]
  let unawaited: readonly Promise<unknown>[]
  try {
    if (!isIterable(result)) return encodeRow(match, result, operation)
    rows = collect(result)
    unawaited = rows.map((row) => (isRowTo(row) ? row.row : row)).filter((row) => isThenable(row))
  } catch (cause) {
    return threw('TransformThrew', 'the transform', match, cause)
  }
  if (unawaited.length > 0) return refuseUnawaited(match, unawaited)
  if (rows.length === 0) return noRows(match)
  if (rows.length === 1) return encodeRow(match, rows[0], operation)
  if (rows.length > MAX_ROWS) {
    return failRoute(match, { code: 'TooManyRows', message: `the transform returned more than ${MAX_ROWS} rows` })
  }
  const { fanout } = match.route
  if (fanout !== undefined) return fanout.encodeRows(match, rows, (row) => encodeRow(match, row, operation))
  const message = `the transform returned ${rows.length} rows, and an answer holds one; give the router a target to reingest to`
  return failRoute(match, { code: 'SeveralRows', message })
}

function isIterable(value: unknown): value is Iterable<unknown> {
  // A row is a plain object; asked of a proxy, the question itself may throw.
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { readonly [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function'
  )
}

/** One more than is allowed is enough to know; a list has an end, and none of its promises may be overlooked. */
function collect(rows: Iterable<unknown>): unknown[] {
  const collected: unknown[] = []
  for (const row of rows) {
    collected.push(row)
    if (collected.length > MAX_ROWS && !Array.isArray(rows)) break
  }
  return collected
}

/** What `list.map(async ...)` gives without `Promise.all`. */
function refuseUnawaited(match: Match, rows: readonly Promise<unknown>[]): Failed {
  // Left alone, one that rejects would end the process, and with it the batch.
  for (const row of rows) adopt(row).catch(() => undefined)
  return failRoute(match, { code: 'NotARow', message: 'expected rows, got Promises: await Promise.all() of them' })
}

/** Nothing disappears unless the declaration says so. */
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
      if ('status' in found) return found
      routing = found
    }
    const data = routing.encode(isAddressed ? result.row : result, operation)
    // Not by its class: of a table from another copy of the package (ESM beside CJS) the refusals are of another one.
    if (typeof data !== 'string') {
      const { code, message, path } = data
      return failRoute(match, { code, message, path: formatPath(path), table: routing.table })
    }
    return new PendingRow(record.recordId, route.name, routing, data)
  } catch (cause) {
    return threw('RowUnreadable', 'reading the row', match, cause)
  }
}

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
