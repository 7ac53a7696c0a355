/** A text with its value, and the one with the same hash that comes after it. */
interface Entry<Value> {
  readonly text: string
  readonly value: Value
  readonly next: Entry<Value> | undefined
}

/** Texts that `JSON.parse` gives as the same string each time, whose hash is known. */
const MAX_SHARED_LENGTH = 10

/**
 * Compiles a look-up of values by what they are filed under. Where texts are long, a `Map` of them costs too much: before it
 * looks for one, newer V8 enters it into the table of all texts of the process. They are found by a hash of their own.
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
    // What is longer than all is none of them, and need not be read.
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
