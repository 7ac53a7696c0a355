/** A string with its value, and the next entry with the same hash. */
interface Entry<Value> {
  readonly text: string
  readonly value: Value
  readonly next: Entry<Value> | undefined
}

/** `JSON.parse` internalizes strings of up to this length, so their hash is known already. */
const MAX_SHARED_LENGTH = 10

/**
 * Compiles a look-up of values by their keys. A `Map` is slow for long strings: newer V8 first enters each string that is
 * looked up into its table of all strings of the process. So long strings are found by a hash of our own.
 */
export function compileStringMap<Value>(values: ReadonlyMap<unknown, Value>): (key: unknown) => Value | undefined {
  const byHash = new Map<number, Entry<Value>>()
  let maxLength = 0
  for (const [text, value] of values) {
    if (typeof text !== 'string') continue
    maxLength = Math.max(maxLength, text.length)
    const key = hash(text)
    byHash.set(key, { text, value, next: byHash.get(key) })
  }
  if (maxLength <= MAX_SHARED_LENGTH) return (key) => values.get(key)
  return (key) => {
    if (typeof key !== 'string') return values.get(key)
    // A key longer than all strings is not one of them, and is not read.
    if (key.length > maxLength) return undefined
    let entry = byHash.get(hash(key))
    while (entry !== undefined && entry.text !== key) entry = entry.next
    return entry?.value
  }
}

function hash(text: string): number {
  let value = 0
  for (let at = 0; at < text.length; at++) value = (Math.imul(value, 31) + text.charCodeAt(at)) | 0
  return value
}
