import { encodeBase64 } from '../../firehose/base64.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import type { Failed, FailureDetails } from '../../outcome/outcome.ts'
import { formatPath } from '../../path.ts'
import { REINGESTED_ROUTE } from '../../router/is-envelope.ts'
import type { CompiledRouter, FannedOutOutcome } from '../../router/model.ts'
import { operationProblem } from '../../router/operation.ts'
import { describeThrown } from '../../router/thrown.ts'
import { createRowChecker, type RowChecker } from '../../table/checker.ts'
import { RowIssue } from '../../table/row-issue.ts'
import type { Table } from '../../table/table.ts'
import type { RowHead } from './head.ts'

/** The record that an envelope came in, and how to fail it. */
export interface Arrival {
  readonly record: FirehoseRecord
  readonly fail: (failure: FailureDetails) => Failed
}

/** Checks a row out of an envelope as if it came from its transform: the table, the operation, every column. */
export function openRow(
  router: CompiledRouter,
  head: RowHead,
  body: string,
  arrival: Arrival,
): FannedOutOutcome | Failed {
  const { origin, index, hops, operation } = head
  const { record, fail } = arrival
  const destination = head.database === router.database ? router.destinations.get(head.table) : undefined
  // The name may be forged, so the message leaves it out.
  if (destination === undefined) {
    return fail({ code: 'UndeclaredTable', message: 'the envelope names a table that this router does not declare' })
  }
  const table = destination.table.name
  const problem = operationProblem(destination, operation)
  if (problem !== undefined) return fail({ code: 'InvalidOperation', message: problem, table })
  const row = recheck(checkerOf(destination.table), body, operation)
  if (typeof row !== 'string') return fail({ code: row.code, message: row.message, path: formatPath(row.path), table })
  const routing = destination.routings[operation]
  const delivery = { recordId: record.recordId, route: REINGESTED_ROUTE, routing, data: encodeBase64(row) }
  return {
    status: 'fanned-out',
    outcome: { status: 'delivered', ...delivery, origin: { recordId: origin, index, hops } },
    lineage: { kind: 'row', hops, originId: origin, index },
    extraRows: [],
  }
}

/** One checker for each table, made when its first row comes back; most tables never get one. */
const checkers = new WeakMap<Table, RowChecker>()

function checkerOf(table: Table): RowChecker {
  const checker = checkers.get(table) ?? createRowChecker(table)
  checkers.set(table, checker)
  return checker
}

/** Checks a row again, and catches the stack overflow that deeply nested JSON can cause. */
function recheck(check: RowChecker, body: string, operation: RowHead['operation']): string | RowIssue {
  try {
    return check(body, operation)
  } catch (cause) {
    return new RowIssue('NotARow', `reading the row threw ${describeThrown(cause).text}`)
  }
}
