import { observePromises } from '../../unawaited.ts'
import { type Column, type ColumnOptions, type ColumnType, column, type Encode, type ValueWith } from '../column.ts'
import { unawaited } from '../compiled-columns.ts'
import { printEscaped } from '../escaped-json.ts'
import { printExactly } from '../exact-json.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

/** What a json column accepts: anything that prints as JSON, bigints included; interfaces as well as literal types. */
export type JsonInput = object | string | number | boolean | bigint

const jsonType: ColumnType = {
  name: 'json',
  canBeKey: false,
  encode: (value, { from }) => (from === 'encoded' ? recheck(value) : print(value)),
  encodeUnescaped: (value, escapes) => attempt(printEscaped, value, escapes) ?? undefined,
}

/**
 * A string column that holds any value as JSON: an object, or a string, which is printed with its quotes. Query it with
 * Athena's `json_extract`.
 */
export function json<const Options extends ColumnOptions<JsonInput>>(
  options?: Options,
): Column<ValueWith<JsonInput, Options>> {
  return column(jsonType, options)
}

/** Prints plain data, which most values are, in one pass. A cycle or a throwing getter becomes an issue. */
function print(value: unknown): ReturnType<Encode> {
  const escaped = attempt(printEscaped, value)
  if (typeof escaped === 'string') return `"${escaped}"`
  // A promise would be printed as an empty object. Plain data has none, so only other values are searched.
  if (observePromises(value) !== undefined) return unawaited()
  // Undefined for what JSON cannot express: undefined, a function, a symbol.
  const text = attempt(printExactly, value)
  if (text === null) {
    return new RowIssue(
      'NotJson',
      'expected a value that prints as JSON, got a cycle, NaN, Infinity, or too many levels',
    )
  }
  return text === undefined ? wrongType('a value that prints as JSON', value) : JSON.stringify(text)
}

/** Null if the printer throws. */
function attempt<More extends readonly unknown[]>(
  printer: (value: unknown, ...more: More) => string | undefined,
  value: unknown,
  ...more: More
): string | undefined | null {
  try {
    return printer(value, ...more)
  } catch {
    return null
  }
}

/** Checks that a string of an encoded row is still JSON; it is not printed again. */
function recheck(value: unknown): ReturnType<Encode> {
  if (typeof value !== 'string') return wrongType('a string of JSON', value)
  try {
    JSON.parse(value)
    return JSON.stringify(value)
  } catch {
    return new RowIssue('NotJson', 'expected JSON, got invalid JSON')
  }
}
