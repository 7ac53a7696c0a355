import { parseExactly } from '../../firehose/exact.ts'
import type { Column, Columns, ColumnType } from '../../table/column.ts'
import { RowIssue } from '../../table/row-issue.ts'
import { wrongType } from '../../table/wrong-type.ts'
import { storageOf } from './storage.ts'
import type { StoredValue } from './types.ts'

/** Reads a JSON value that is not null, in one of the forms that Firehose documents, or returns why it is not one. */
export type Reader = (json: unknown) => StoredValue | RowIssue

/** Builds the reader of a type. https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-data-types.html */
export function readerOf(type: ColumnType): Reader {
  switch (type.name) {
    case 'list':
      return listReader(type.element)
    case 'map':
      return mapReader(type.key, type.value)
    case 'struct':
      return structReader(type.fields)
    default:
      return storageOf(type).read
  }
}

/** An array, or its JSON as a string. */
function listReader(element: Column): Reader {
  const read = innerReader(element)
  return (json) => {
    const array = typeof json === 'string' ? parse(json) : json
    if (!Array.isArray(array)) return wrongType('an array or its text', json)
    const list: StoredValue[] = []
    for (const [index, item] of array.entries()) {
      const value = read(item)
      if (value instanceof RowIssue) return value.at(index)
      list.push(value)
    }
    return list
  }
}

/** An object, or its JSON as a string, which maps need if their keys are not strings. */
function mapReader(key: Column, value: Column): Reader {
  const [readKey, readValue] = [keyReader(key), innerReader(value)]
  return (json) => {
    const object = typeof json === 'string' ? parse(json) : json
    if (!isObject(object)) return wrongType('an object or its text', json)
    const map = new Map<StoredValue, StoredValue>()
    for (const [name, item] of Object.entries(object)) {
      const [entryKey, entryValue] = [readKey(name), readValue(item)]
      // A key is data: messages do not show it.
      if (entryKey instanceof RowIssue) return entryKey.at('*')
      if (entryValue instanceof RowIssue) return entryValue.at('*')
      map.set(entryKey, entryValue)
    }
    return map
  }
}

/** An object; a key without a field is skipped, like a key without a column. */
function structReader(fields: Columns): Reader {
  const readers = Object.entries(fields).map(([name, field]) => [name, innerReader(field)] as const)
  return (json) => {
    if (!isObject(json)) return wrongType('an object', json)
    const struct: { [field: string]: StoredValue } = {}
    for (const [name, read] of readers) {
      const value = read(Object.hasOwn(json, name) ? json[name as keyof typeof json] : undefined)
      if (value instanceof RowIssue) return value.at(name)
      struct[name] = value
    }
    return struct
  }
}

function innerReader({ type, nullable }: Column): Reader {
  const read = readerOf(type)
  return (json) => {
    if (json !== null && json !== undefined) return read(json)
    return nullable ? null : wrongType(`a ${type.name}`, json)
  }
}

/** A key is a string in JSON, whatever its type: it is read as a string, a number, true or false. */
function keyReader({ type }: Column): Reader {
  const read = readerOf(type)
  return (name) => {
    const value = read(name)
    return value instanceof RowIssue && typeof name === 'string' ? read(parse(name)) : value
  }
}

/** Undefined if the string is not JSON. */
function parse(text: string): unknown {
  try {
    return parseExactly(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
