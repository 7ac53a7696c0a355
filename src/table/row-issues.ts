import type { Operation } from '../firehose/response.ts'
import { type CompiledColumn, compileColumns, encodeColumn, isKeyed, valueUnder } from './compiled-columns.ts'
import { RowIssue } from './row-issue.ts'
import type { Table } from './table.ts'

/**
 * Lists what is wrong with a row, one issue for each column, in the order of the table; then the columns that it does not
 * have. The encoder stops at the first issue: this runs only for a row that it has refused.
 *
 * @param max so many are enough
 */
export function rowIssues(table: Table, row: unknown, operation: Operation, max: number): RowIssue[] {
  if (!isKeyed(row)) return []
  const members = compileColumns(table.columns)
  const issues: RowIssue[] = []
  for (const member of members) {
    if (issues.length === max) return issues
    const issue = attempt(() => columnIssue(table, member, valueUnder(row, member), operation))
    if (issue !== undefined) issues.push(issue)
  }
  if (table.unknownColumns === 'strip') return issues
  const names = new Set(members.map(({ name }) => name))
  for (const key in row) {
    if (issues.length === max) return issues
    if (names.has(key) || !Object.hasOwn(row, key)) continue
    issues.push(new RowIssue('UnknownColumn', 'the table has no such column', [key]))
  }
  return issues
}

function columnIssue(table: Table, member: CompiledColumn, value: unknown, operation: Operation): RowIssue | undefined {
  if (value === null || value === undefined) {
    const isKey = table.uniqueKeys.includes(member.name)
    const locates = isKey || table.partitionBy.some(({ column }) => column === member.name)
    const isMissing = locates && (operation !== 'insert' || (isKey && member.fallback === undefined))
    if (isMissing) return new RowIssue('KeyMissing', 'the row is found by this column', [member.name])
    if (operation === 'delete') return undefined
  }
  const cell = encodeColumn(member, value, { from: 'value', unknownFields: table.unknownColumns })
  return typeof cell === 'string' ? undefined : cell
}

/** A getter or a proxy may throw: then there is no more to say about the column. */
function attempt(find: () => RowIssue | undefined): RowIssue | undefined {
  try {
    return find()
  } catch {
    return undefined
  }
}
