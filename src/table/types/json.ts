import { observePromises } from '../../unawaited.ts'
import { type Column, type ColumnOptions, type ColumnType, column, type Encode, type ValueWith } from '../column.ts'
import { unawaited } from '../compiled-columns.ts'
import { printEscaped } from '../escaped-json.ts'
import { printExactly } from '../exact-json.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

/** What `json()` takes: anything that prints as JSON, bigints included. An interface is accepted as well as a literal type. */
export type JsonInput = object | string | number | boolean | bigint

const jsonType: ColumnType = {
  name: 'json',
  canBeKey: false,
  encode: (value, { from }) => (from === 'encoded' ? recheck(value) : print(value)),
  encodeUnescaped: (value, marks) => attempt(printEscaped, value, marks) ?? undefined,
}

/**
 * A string column that holds JSON text, whatever value is given: an object, and also a string, which is printed with its
 * quotes. Query it with Athena's `json_extract`.
 */
export function json<const Options extends ColumnOptions<JsonInput>>(
  options?: Options,
): Column<ValueWith<JsonInput, Options>> {
  return column(jsonType, options)
}

/** Plain data, which most values are, in one pass; a cycle, a bigint or a getter that throws is no reason to throw. */
function print(value: unknown): ReturnType<Encode> {
  const escaped = attempt(printEscaped, value)
  if (typeof escaped === 'string') return `"${escaped}"`
  // A promise would be printed as an empty object. It never is plain data, so that only these values are searched for one.
  if (observePromises(value) !== undefined) return unawaited()
  // Undefined for what JSON cannot say: undefined, a function, a symbol.
  const text = attempt(printExactly, value)
  if (text === null) {
    return new RowIssue('NotJson', 'the value cannot be printed as JSON (a cycle, NaN or Infinity, or too deep)')
  }
  return text === undefined ? wrongType('a value that JSON can say', value) : JSON.stringify(text)
}

/** Null where a printer throws. */
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

/** The text that was printed before: it has to be JSON still, and is not printed again. */
function recheck(value: unknown): ReturnType<Encode> {
  if (typeof value !== 'string') return wrongType('JSON text', value)
  try {
    JSON.parse(value)
    return JSON.stringify(value)
  } catch {
    return new RowIssue('NotJson', 'expected JSON text')
  }
}
