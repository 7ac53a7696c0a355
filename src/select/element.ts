import { lookUp } from './lookup.ts'
import type { ElementOptions } from './source.ts'

/** Finds the element of a list that is meant and reads its field; undefined where there is none, or no list. */
export function findElement(list: unknown, { key, equals, take, ignoreCase, last }: ElementOptions): unknown {
  if (!Array.isArray(list)) return undefined
  const wanted = ignoreCase === true ? lowerAscii(equals) : equals
  const keys = [take]
  for (let step = 0; step < list.length; step++) {
    const item: unknown = list[last === true ? list.length - 1 - step : step]
    if (typeof item !== 'object' || item === null || Array.isArray(item)) continue
    const name = Object.hasOwn(item, key) ? (item as { readonly [key: string]: unknown })[key] : undefined
    // Most names are of another length, and need no other look.
    if (typeof name !== 'string' || name.length !== wanted.length) continue
    if (name !== wanted && !(ignoreCase === true && lowerAscii(name) === wanted)) continue
    const value = lookUp(item, keys)
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** Only the letters of ASCII have another case: in Unicode the Kelvin sign is a `k`, and header names know none of that. */
export function lowerAscii(text: string): string {
  let lower = ''
  for (const letter of text) lower += letter >= 'A' && letter <= 'Z' ? letter.toLowerCase() : letter
  return lower
}
