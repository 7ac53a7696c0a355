import type { Operation } from '../firehose/response.ts'
import { toText } from './encoder.ts'
import { RowIssue } from './row-issue.ts'
import { createRowWriter } from './row-writer.ts'
import type { Table } from './table.ts'

/** Checks an encoded row and returns it as its encoder would write it, or the issue that it has. */
export type RowChecker = (rowText: string, operation: Operation) => string | RowIssue

/**
 * Builds the check for rows that come back from a stream, where they may have been changed or forged. It reads the JSON
 * that `createRowEncoder` writes (strings in a `json()` column, microseconds of any size, decimals as strings) and writes
 * the same JSON again: for every valid row, `check(encode(row)) === encode(row)`.
 */
export function createRowChecker(table: Table): RowChecker {
  // An encoded row is JSON text, so its values are read as encoded ones.
  const encode = createRowWriter(table, { from: 'encoded', escapeEachString: true, finish: toText })
  return (rowText, operation) => {
    const row = parse(rowText)
    return row instanceof RowIssue ? row : encode(row, operation)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // V8's own message quotes the text.
    return new RowIssue('NotARow', `expected a row as JSON, got ${text.length} characters of invalid JSON`)
  }
}
