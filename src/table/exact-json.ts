import { isObject } from '../rules.ts'

const WRAPPERS = [Number, String, Boolean, BigInt]

/**
 * Prints a value as `JSON.stringify` does, and a bigint as the number that it is, which `JSON.stringify` refuses.
 *
 * @throws TypeError for a cycle, RangeError for a value that is nested too deeply: as `JSON.stringify`
 */
export function printExactly(value: unknown): string | undefined {
  return print(value, '', [])
}

function print(given: unknown, key: string, parents: readonly object[]): string | undefined {
  const value = unwrap(given, key)
  if (typeof value === 'bigint') return String(value)
  if (!isObject(value)) return JSON.stringify(value)
  if (parents.includes(value)) throw new TypeError('cyclic value')
  const inner = [...parents, value]
  if (Array.isArray(value)) return `[${value.map((item, index) => print(item, String(index), inner) ?? 'null').join()}]`
  const cells: string[] = []
  for (const [name, item] of Object.entries(value)) {
    const text = print(item, name, inner)
    if (text !== undefined) cells.push(`${JSON.stringify(name)}:${text}`)
  }
  return `{${cells.join()}}`
}

/** What stands for a value: what its `toJSON` gives, or the primitive in a wrapper object. */
function unwrap(value: unknown, key: string): unknown {
  const stands: unknown = isObject(value) && typeof value['toJSON'] === 'function' ? value['toJSON'](key) : value
  return isObject(stands) && WRAPPERS.some((type) => stands instanceof type) ? stands.valueOf() : stands
}
