import { Buffer } from 'node:buffer'
import type { Column, ColumnType, DecimalType } from '../../../../src/table/column.ts'

/** Prints a value so that equal ones print the same. */
export function canonical({ type }: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null
  switch (type.name) {
    case 'list':
      return (value as unknown[]).map((item) => canonical(type.element, item))
    case 'struct':
      return Object.entries(type.fields).map(([name, field]) => {
        return [name, canonical(field, (value as Record<string, unknown>)[name])]
      })
    case 'map':
      return entriesOf(value)
        .map(([key, item]) => [keyText(type.key.type, key), canonical(type.value, item)])
        .sort()
    default:
      return leafText(type, value)
  }
}

/** Prints what icebird shows of a stored value, and of what it shows: decimals as doubles, times in milliseconds. */
export function asIcebird(type: ColumnType, value: unknown): unknown {
  if (value === null || value === undefined) return null
  switch (type.name) {
    case 'list':
      return (value as unknown[]).map((item) => asIcebird(type.element.type, item))
    case 'struct':
      return Object.entries(type.fields).map(([name, field]) => {
        return [name, asIcebird(field.type, (value as Record<string, unknown>)[name])]
      })
    case 'map':
      // Its keys are those of an object, which only some types keep apart.
      if (!['string', 'int', 'long', 'boolean'].includes(type.key.type.name)) return 'a map'
      return entriesOf(value)
        .map(([key, item]) => [String(key), asIcebird(type.value.type, item)])
        .sort()
    case 'decimal':
      return decimalNumber(type, value)
    case 'date':
      return value instanceof Date ? value.getTime() / 86_400_000 : value
    case 'timestamp':
    case 'timestamptz':
      return value instanceof Date ? value.getTime() : Number(BigInt(value as bigint) / 1000n)
    case 'binary':
      return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value
    default:
      return leafText(type, value)
  }
}

function decimalNumber({ scale }: DecimalType, value: unknown): string {
  return String(typeof value === 'bigint' ? Number(value) * 10 ** -scale : value)
}

function leafText(type: ColumnType, value: unknown): unknown {
  if (type.name === 'decimal') return decimalText(value)
  if (type.name === 'uuid' && typeof value === 'string') return value.replaceAll('-', '')
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (typeof value === 'bigint') return value.toString()
  // JSON has no negative zero.
  if (typeof value === 'number') return String(value === 0 ? 0 : value)
  return typeof value === 'string' ? Buffer.from(value, 'utf8').toString('utf8') : value
}

/** The number without its point: of 32 or 64 bits, or bytes in two's complement. */
function decimalText(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value)
  const number = BigInt(`0x${Buffer.from(value).toString('hex')}`)
  return String(BigInt.asIntN(value.length * 8, number))
}

function entriesOf(value: unknown): [unknown, unknown][] {
  return value instanceof Map ? [...value] : Object.entries(value as object)
}

/** A reader has made keys those of an object, where bytes become their numbers with commas between. */
function keyText(type: ColumnType, key: unknown): unknown {
  const isBytes = typeof key === 'string' && /^\d+(,\d+)*$/.test(key)
  const wasBytes = ['binary', 'fixed', 'uuid'].includes(type.name) || (type.name === 'decimal' && type.precision > 18)
  if (type.name === 'binary' && key === '') return ''
  return String(leafText(type, isBytes && wasBytes ? new Uint8Array(key.split(',').map(Number)) : key))
}
