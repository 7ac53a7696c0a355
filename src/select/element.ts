import { lookUp } from './lookup.ts'
import type { ElementOptions } from './source.ts'

/** Finds the wanted element of a list and reads its field; undefined if there is no such element or no list. */
export function findElement(list: unknown, { key, equals, take, ignoreCase, last }: ElementOptions): unknown {
  if (!Array.isArray(list)) return undefined
  const wanted = ignoreCase === true ? lowerAscii(equals) : equals
  const keys = [take]
  for (let step = 0; step < list.length; step++) {
    const item: unknown = list[last === true ? list.length - 1 - step : step]
    if (typeof item !== 'object' || item === null || Array.isArray(item)) continue
    const name = Object.hasOwn(item, key) ? (item as { readonly [key: string]: unknown })[key] : undefined
    // Most names have another length, which saves the comparison.
    if (typeof name !== 'string' || name.length !== wanted.length) continue
    if (name !== wanted && !(ignoreCase === true && lowerAscii(name) === wanted)) continue
    const value = lookUp(item, keys)
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** Lowers ASCII letters only, as header names need it: Unicode would turn the Kelvin sign into a `k`. */
export function lowerAscii(text: string): string {
  let lower = ''
  for (const letter of text) lower += letter >= 'A' && letter <= 'Z' ? letter.toLowerCase() : letter
  return lower
}
