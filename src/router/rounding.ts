import { isObject } from '../options.ts'
import type { PathSegment } from '../path.ts'

/** No event is nested deeper on purpose; a schema's output may even contain itself. */
const MAX_DEPTH = 64

/**
 * Finds the path of a whole number beyond 2^53 that a schema rounded. The event has it as an exact bigint. Yup's `number()`
 * and Zod's `z.coerce.number()` do so without an issue. Found if the value is at the same path before and after.
 */
export function roundedPath(before: unknown, after: unknown, depth = 0): PathSegment[] | undefined {
  if (typeof before === 'bigint') return typeof after === 'number' && !isExact(before, after) ? [] : undefined
  if (before === after || !isObject(before) || !isObject(after) || depth > MAX_DEPTH) return undefined
  const isList = Array.isArray(before)
  for (const key in before) {
    const value = before[key]
    if (typeof value !== 'bigint' && typeof value !== 'object') continue
    const inner = Object.hasOwn(after, key) ? roundedPath(value, after[key], depth + 1) : undefined
    if (inner !== undefined) return [isList ? Number(key) : key, ...inner]
  }
  return undefined
}

function isExact(before: bigint, after: number): boolean {
  return Number.isInteger(after) && BigInt(after) === before
}
