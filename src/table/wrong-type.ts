import { Refusal } from './refusal.ts'

/** Refuses a value for its type. */
export function wrongType(expected: string, value: unknown): Refusal {
  return new Refusal('WrongType', `expected ${expected}, got ${typeName(value)}`)
}

/** The type of a value in words that a person uses: `null` and `array` are not `object`, and so is no `Date`. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'number' && !Number.isFinite(value)) return 'NaN or Infinity'
  if (typeof value === 'object') return objectName(value)
  return value === undefined ? 'undefined' : `a ${typeof value}`
}

/**
 * Tells whether a value is an object that is looked at by its keys: a literal, an event, an instance of somebody's class. A
 * Map, a Date or a Promise would look like one that has none of them.
 */
export function isKeyed(value: unknown): value is { readonly [name: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return true
  return Object.prototype.toString.call(value) === '[object Object]'
}

const BUILT_IN = [Date, Map, Set, Promise]

function objectName(value: object): string {
  try {
    if (Array.isArray(value)) return 'an array'
    const type = BUILT_IN.find((one) => value instanceof one)
    return type === undefined ? 'an object' : `a ${type.name}`
  } catch {
    // A proxy may throw at the mere question.
    return 'an object'
  }
}
