import { Buffer } from 'node:buffer'
import type { Column } from '../../src/table/column.ts'

/** Prints a stored value as `read.py` prints what an engine read: numbers and times as strings, bytes in hexadecimal. */
export function printColumn({ type }: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null
  switch (type.name) {
    case 'list':
      return (value as unknown[]).map((item) => printColumn(type.element, item))
    case 'map':
      return [...(value as Map<unknown, unknown>)]
        .map(([key, item]) => [printColumn(type.key, key), printColumn(type.value, item)])
        .sort(byText)
    case 'struct':
      return Object.fromEntries(
        Object.entries(type.fields).map(([name, field]) => [
          name,
          printColumn(field, (value as Record<string, unknown>)[name]),
        ]),
      )
    case 'float':
    case 'double':
      return value === 0 ? 0 : value
    case 'string':
    case 'json':
      return Buffer.from(String(value), 'utf8').toString('utf8')
    default:
      if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
      return typeof value === 'boolean' ? value : String(value)
  }
}

/** The order of maps is no part of their value. */
function byText(a: readonly unknown[], b: readonly unknown[]): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * A printed value without the difference between no list and an empty one. PyIceberg 0.12 reads no list of structs, and no
 * map with them, as an empty one, where PyArrow reads the same file right.
 */
export function withoutNullLists({ type }: Column, printed: unknown): unknown {
  switch (type.name) {
    case 'list':
      return ((printed ?? []) as unknown[]).map((item) => withoutNullLists(type.element, item))
    case 'map':
      return ((printed ?? []) as [unknown, unknown][]).map(([key, item]) => [key, withoutNullLists(type.value, item)])
    case 'struct':
      if (printed === null) return null
      return Object.fromEntries(
        Object.entries(type.fields).map(([name, field]) => {
          return [name, withoutNullLists(field, (printed as Record<string, unknown>)[name])]
        }),
      )
    default:
      return printed
  }
}
