import { quote } from './quote.ts'

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
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (parents.includes(value)) throw new TypeError('cyclic value')
  const inner = [...parents, value]
  if (Array.isArray(value)) return `[${value.map((item, index) => print(item, String(index), inner) ?? 'null').join()}]`
  const cells = Object.entries(value).flatMap(([name, item]) => {
    const text = print(item, name, inner)
    return text === undefined ? [] : [`${quote(name)}:${text}`]
  })
  return `{${cells.join()}}`
}

/** What stands for a value: what its `toJSON` gives, or the primitive in a wrapper object. */
function unwrap(value: unknown, key: string): unknown {
  const stands = hasToJson(value) ? value.toJSON(key) : value
  const isWrapper =
    stands instanceof Number || stands instanceof String || stands instanceof Boolean || stands instanceof BigInt
  return isWrapper ? stands.valueOf() : stands
}

function hasToJson(value: unknown): value is { toJSON(key: string): unknown } {
  return typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function'
}
