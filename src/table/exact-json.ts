import { isObject } from '../options.ts'

const WRAPPERS = [Number, String, Boolean, BigInt]

/**
 * Prints a value as `JSON.stringify` does, except that a bigint is printed as a number (`JSON.stringify` throws, or calls a
 * `toJSON` that a user's code added to all bigints), and that NaN and Infinity throw instead of becoming `null`.
 *
 * @throws TypeError for a cycle, NaN or Infinity, RangeError for a value that is nested too deeply
 */
export function printExactly(value: unknown): string | undefined {
  return ('toJSON' in BigInt.prototype ? undefined : printQuickly(value)) ?? print(value, '', [])
}

/** Undefined if `JSON.stringify` may have lost something. */
function printQuickly(value: unknown): string | undefined {
  try {
    const text = JSON.stringify(value)
    // It writes null for what JSON cannot express, so text without a null has lost nothing.
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

/** Checks whether a value is raw JSON, `JSON.rawJSON('12345678901234567890')`, which newer runtimes have. */
export function isRawJson(value: object): boolean {
  const { isRawJSON } = JSON as { readonly isRawJSON?: (value: object) => boolean }
  return isRawJSON?.(value) === true
}

function printPrimitive(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('NaN or Infinity')
  return JSON.stringify(value)
}

/** The value to print: the result of `toJSON` if there is one, or the primitive inside a wrapper object. */
function unwrap(value: unknown, key: string): unknown {
  const owner = isObject(value) && !(value instanceof BigInt) ? value : undefined
  const printed: unknown = typeof owner?.['toJSON'] === 'function' ? owner['toJSON'](key) : value
  return isObject(printed) && WRAPPERS.some((type) => printed instanceof type) ? printed.valueOf() : printed
}
