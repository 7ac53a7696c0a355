import { RowIssue } from './row-issue.ts'

/** The issue of a value of the wrong type, with advice after it if there is any. */
export function wrongType(expected: string, value: unknown, advice = ''): RowIssue {
  return new RowIssue('WrongType', `expected ${expected}, got ${typeName(value)}${advice}`)
}

/** The name of a column type with its article: `a string`, `an int`. */
export function withArticle(name: string): string {
  return name === 'int' ? 'an int' : `a ${name}`
}

/** Names the type of a value for people: `null`, an array or a Date is not just "an object". */
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
    // A proxy may throw when it is inspected.
    return 'an object'
  }
}
