import { parseExactly } from '../../firehose/exact.ts'
import type { Operation } from '../../firehose/response.ts'
import { formatPath } from '../../path.ts'
import type { Field } from '../../table/fields.ts'
import { RowIssue } from '../../table/row-issue.ts'
import { typeName } from '../../table/wrong-type.ts'
import { type Reader, readerOf } from './read.ts'
import type { TableLayout } from './table-layout.ts'
import type { CheckedRow, StoredRow, StoredValue } from './types.ts'

/** Checks the JSON text of one row. */
export type RowCheck = (rowText: string, operation: Operation) => CheckedRow

/** A column, laid out for the loop that runs for every row. */
interface Slot {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly read: Reader
}

/** The only code for a missing column that was seen in a real deployment. AWS documents no code for types. */
const MISSING = 'Iceberg.MissingColumnWithinRecord'

/**
 * Builds the check of a table's rows: exact column names, the documented JSON forms of every type. A key without a column is
 * skipped, as Firehose does. Of a delete, only the key columns and the partition columns are read.
 * https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-considerations.html
 */
export function createRowCheck({ columns, keyColumns, declaration }: TableLayout): RowCheck {
  const slots = columns.map(toSlot)
  const keySlots = keyColumns.map(toSlot)
  const partitioned = declaration.partitionBy.map(({ column }) => column)
  const locating = columns.filter((column) => keyColumns.includes(column) || partitioned.includes(column.name))
  const locatingSlots = locating.map((column) => ({ ...toSlot(column), required: true }))
  return (rowText, operation) => {
    if (operation !== 'insert' && keySlots.length === 0) {
      return rejected('Local.NoUniqueKeys', `table ${declaration.name} has no unique keys, which ${operation} needs`)
    }
    const json = parseObject(rowText)
    return 'rejection' in json ? json : readColumns(operation === 'delete' ? locatingSlots : slots, json.object)
  }
}

function toSlot({ name, column }: Field): Slot {
  return { name, type: column.type.name, required: !column.nullable, read: readerOf(column.type) }
}

function parseObject(text: string): (CheckedRow & { rejection: object }) | { readonly object: object } {
  let json: unknown
  try {
    json = parseExactly(text)
  } catch {
    // V8's own message quotes the text.
    return rejected('Local.InvalidJson', `expected one JSON object, got ${text.length} characters of invalid JSON`)
  }
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { object: json }
  return rejected('Local.NotAnObject', `expected one JSON object, got ${typeName(json)}`)
}

function readColumns(slots: readonly Slot[], object: object): CheckedRow {
  const row: { [column: string]: StoredValue } = {}
  for (const { name, type, required, read } of slots) {
    const json: unknown = Object.hasOwn(object, name) ? object[name as keyof typeof object] : undefined
    if (json === undefined || json === null) {
      if (required)
        return rejected(MISSING, `column ${name} (${type}) is required, got ${json === null ? 'null' : 'nothing'}`)
      row[name] = null
      continue
    }
    const value = read(json)
    if (value instanceof RowIssue) {
      const place = formatPath([name, ...value.path])
      return rejected('Local.TypeMismatch', `column ${place} (${type}): ${value.message}`)
    }
    row[name] = value
  }
  return { row: row satisfies StoredRow }
}

function rejected(
  errorCode: string,
  errorMessage: string,
): { readonly rejection: { errorCode: string; errorMessage: string } } {
  return { rejection: { errorCode, errorMessage } }
}
