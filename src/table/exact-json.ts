import { isObject } from '../options.ts'

const WRAPPERS = [Number, String, Boolean, BigInt]

/**
 * Prints a value as `JSON.stringify` does, but a bigint as the number that it is, which `JSON.stringify` refuses or asks a
 * `toJSON` for that somebody gave to all bigints, and NaN and Infinity not as `null`.
 *
 * @throws TypeError for a cycle, NaN or Infinity, RangeError for a value that is nested too deeply
 */
export function printExactly(value: unknown): string | undefined {
  return ('toJSON' in BigInt.prototype ? undefined : printQuickly(value)) ?? print(value, '', [])
}

/** Undefined where there is more to say than `JSON.stringify` can. */
function printQuickly(value: unknown): string | undefined {
  try {
    const text = JSON.stringify(value)
    // What it cannot say it calls null, and what has no null in it has nothing of that.
    return text?.includes('null') ? undefined : text
  } catch {
    // A bigint; or a cycle, which throws again.
    return undefined
  }
}

function print(given: unknown, key: string, parents: readonly object[]): string | undefined {
  const value = unwrap(given, key)
  if (typeof value === 'bigint') return String(value)
  if (!isObject(value)) return printPrimitive(value)
  if (isRawJson(value)) return JSON.stringify(value)
  if (parents.includes(value)) throw new TypeError('cyclic value')
  const inner = [...parents, value]
  if (Array.isArray(value))
    return `[${Array.from(value, (item, index) => print(item, String(index), inner) ?? 'null').join()}]`
  const cells: string[] = []
  for (const [name, item] of Object.entries(value)) {
    const text = print(item, name, inner)
    if (text !== undefined) cells.push(`${JSON.stringify(name)}:${text}`)
  }
  return `{${cells.join()}}`
}

/** Tells whether a value is the text of one, `JSON.rawJSON('12345678901234567890')`, which newer runtimes have. */
export function isRawJson(value: object): boolean {
  const { isRawJSON } = JSON as { readonly isRawJSON?: (value: object) => boolean }
  return isRawJSON?.(value) === true
}

function printPrimitive(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('NaN or Infinity')
  return JSON.stringify(value)
}

/** What stands for a value: what its `toJSON` gives, or the primitive in a wrapper object. */
function unwrap(value: unknown, key: string): unknown {
  const asked = isObject(value) && !(value instanceof BigInt) ? value : undefined
  const stands: unknown = typeof asked?.['toJSON'] === 'function' ? asked['toJSON'](key) : value
  return isObject(stands) && WRAPPERS.some((type) => stands instanceof type) ? stands.valueOf() : stands
}
