import { RowIssue } from './row-issue.ts'

/** Refuses a value for its type. */
export function wrongType(expected: string, value: unknown): RowIssue {
  return new RowIssue('WrongType', `expected ${expected}, got ${typeName(value)}`)
}

/** The type of a value in words that a person uses: `null` and `array` are not `object`, and so is no `Date`. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'number' && !Number.isFinite(value)) return 'NaN or Infinity'
  if (typeof value === 'object') return objectName(value)
  return value === undefined ? 'undefined' : `a ${typeof value}`
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
