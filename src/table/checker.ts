import type { Operation } from '../firehose/response.ts'
import { toText } from './encoder.ts'
import { RowIssue } from './row-issue.ts'
import { createRowWriter } from './row-writer.ts'
import type { Table } from './table.ts'

/** Checks the text of an encoded row and gives it back as its encoder would have written it, or says why it cannot. */
export type RowChecker = (rowText: string, operation: Operation) => string | RowIssue

/**
 * Builds the check for rows that come back from a stream, where they may have been changed or forged. It takes the JSON
 * that `createRowEncoder` writes (text in a `json()` column, microseconds of any size, decimals as text) and writes the
 * same again: for every row that encodes, `check(encode(row)) === encode(row)`.
 */
export function createRowChecker(table: Table): RowChecker {
  // What was encoded is text that has to be read.
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
    return new RowIssue('NotARow', `expected the JSON text of a row, got ${text.length} characters that are none`)
  }
}
