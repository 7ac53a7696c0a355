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

/** What a map column takes: a Map, or for keys that are strings an object as well. */
export type MapInput<Key, Value> =
  | ReadonlyMap<Key, Value>
  | (Key extends string ? { readonly [key: string]: Value } : never)

/** A key in a path is data, and data is not told: this segment prints as `[*]`. */
const ANY_KEY = '*'

/**
 * A column of maps. Entries are written in the order of their keys. Keys that are not strings make the JSON object
 * a text, because Firehose wants it so; `map(string(), nullable(int()))` lets a value be null.
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
    // `defineTable` tells a key that is no column: until then a map has to be made of anything.
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
  const isText = key.type.name === 'string'
  return (input, encoding) => {
    const entries = entriesOf(isText ? input : unwrap(input, encoding))
    if (entries === undefined) return wrongType(isText ? 'a Map or an object' : 'a Map', input)
    const cells: [string, string][] = []
    for (const [name, inner] of entries) {
      const label = isText ? encodeInner(key, name, encoding) : encodeKey(key, name, encoding)
      if (typeof label !== 'string') return label.at(ANY_KEY)
      const cell = encodeInner(value, inner, encoding)
      if (typeof cell !== 'string') return cell.at(ANY_KEY)
      cells.push([label, cell])
    }
    const text = join(cells)
    return isText || typeof text !== 'string' ? text : JSON.stringify(text)
  }
}

/** In the order of the keys, because an object cannot keep another one for keys that look like numbers. */
function join(cells: [string, string][]): string | RowIssue {
  cells.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  if (cells.some(([label], index) => label === cells[index - 1]?.[0])) {
    return new RowIssue('DuplicateKey', 'two keys of the map are written the same way').at(ANY_KEY)
  }
  return `{${cells.map(([label, cell]) => `${label}:${cell}`).join(',')}}`
}

/** A key that is no string is written as a string all the same: JSON has no other keys. */
function encodeKey(key: Column, value: unknown, encoding: Encoding): string | RowIssue {
  const text =
    encoding.from === 'encoded' ? recheckKey(key, String(value), encoding) : encodeInner(key, value, encoding)
  return typeof text !== 'string' || text.startsWith('"') ? text : `"${text}"`
}

/** The text of a key stands for a text, a number, true or false. */
function recheckKey(key: Column, text: string, encoding: Encoding): string | RowIssue {
  const asText = key.type.encode(text, encoding)
  if (typeof asText === 'string') return asText
  const isNumber = text !== '' && text === String(Number(text))
  return isNumber || text === 'true' || text === 'false' ? key.type.encode(JSON.parse(text), encoding) : asText
}

/** An encoded map whose keys are no strings is the text of an object. */
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
