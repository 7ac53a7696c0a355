import {
  type Column,
  type ColumnOptions,
  column,
  type Encode,
  type Encoding,
  isColumn,
  type MapType,
  type ValueWith,
} from '../column.ts'
import { encodeInner, isKeyed } from '../compiled-columns.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

/** What a map column accepts: a Map, or an object if its keys are strings. */
export type MapInput<Key, Value> =
  | ReadonlyMap<Key, Value>
  | (Key extends string ? { readonly [key: string]: Value } : never)

/** The keys of a map are data, which is never printed: this path segment prints as `[*]`. */
const ANY_KEY = '*'

/**
 * A column of maps, written in the order of their keys. If the keys are not strings, the JSON object is written as a string,
 * as Firehose requires; `t.map(t.string(), t.nullable(t.int()))` lets a value be null.
 */
export function map<Key, Value, const Options extends ColumnOptions<MapInput<Key, Value>>>(
  key: Column<Key>,
  value: Column<Value>,
  options?: Options,
): Column<ValueWith<MapInput<Key, Value>, Options>> {
  const problems = isColumn(key) ? keyProblems(key) : []
  const type: MapType = {
    name: 'map',
    key,
    value,
    canBeKey: false,
    // `defineTable` reports a key that is not a column; until then, anything makes a map.
    encode: isColumn(key) ? encoderOf(key, value) : (input) => wrongType('a map whose key is a column', input),
    ...(problems.length > 0 && { problems }),
  }
  return column(type, options)
}

function keyProblems({ type, nullable }: Column): string[] {
  const problems: string[] = []
  if (nullable) problems.push('map: a key may not be nullable')
  if (['list', 'map', 'struct', 'json'].includes(type.name)) problems.push(`map: a key may not be a ${type.name}`)
  return problems
}

function encoderOf(key: Column, value: Column): Encode {
  const isString = key.type.name === 'string'
  return (input, encoding) => {
    const entries = entriesOf(isString ? input : unwrap(input, encoding))
    if (entries === undefined) return wrongType(isString ? 'a Map or an object' : 'a Map', input)
    const cells: [string, string][] = []
    for (const [name, inner] of entries) {
      const text = isString ? encodeInner(key, name, encoding) : encodeKey(key, name, encoding)
      if (typeof text !== 'string') return text.at(ANY_KEY)
      const cell = encodeInner(value, inner, encoding)
      if (typeof cell !== 'string') return cell.at(ANY_KEY)
      cells.push([text, cell])
    }
    const joined = join(cells)
    return isString || typeof joined !== 'string' ? joined : JSON.stringify(joined)
  }
}

/** Joins entries in the order of their keys: a JavaScript object cannot keep another order for keys that look like numbers. */
function join(cells: [string, string][]): string | RowIssue {
  cells.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  if (cells.some(([text], index) => text === cells[index - 1]?.[0])) {
    return new RowIssue('DuplicateKey', 'expected different keys, got two that are written the same way').at(ANY_KEY)
  }
  return `{${cells.map(([text, cell]) => `${text}:${cell}`).join(',')}}`
}

/** Writes a key as a string, whatever its type is: JSON has no other keys. */
function encodeKey(key: Column, value: unknown, encoding: Encoding): string | RowIssue {
  const text =
    encoding.from === 'encoded' ? recheckKey(key, String(value), encoding) : encodeInner(key, value, encoding)
  return typeof text !== 'string' || text.startsWith('"') ? text : `"${text}"`
}

/** Reads an encoded key: it may mean a string, a number, true or false. */
function recheckKey(key: Column, text: string, encoding: Encoding): string | RowIssue {
  const asText = key.type.encode(text, encoding)
  if (typeof asText === 'string') return asText
  const isNumber = text !== '' && text === String(Number(text))
  return isNumber || text === 'true' || text === 'false' ? key.type.encode(JSON.parse(text), encoding) : asText
}

/** Parses an encoded map whose keys are not strings: it is an object as a string. */
function unwrap(input: unknown, { from }: Encoding): unknown {
  if (from === 'value') return input instanceof Map ? input : undefined
  try {
    return typeof input === 'string' ? JSON.parse(input) : undefined
  } catch {
    return undefined
  }
}

function entriesOf(input: unknown): Iterable<readonly [unknown, unknown]> | undefined {
  if (input instanceof Map) return input
  return isKeyed(input) ? Object.entries(input) : undefined
}
