const INDEX = /^(0|[1-9]\d{0,8})$/

/** Checks whether a key is an index of a list; for most keys the first character is enough. */
export function isIndex(key: string): boolean {
  return key < ':' && INDEX.test(key)
}

/** Splits a path into its keys: `mail.commonHeaders.to.0`. */
export function keysOf(path: string): readonly string[] {
  return path.split('.')
}

/**
 * Reads the value at a path; undefined if there is none. Objects are read by their own keys, lists by index; other values
 * have no parts.
 */
export function lookUp(value: unknown, keys: readonly string[]): unknown {
  let found = value
  for (const key of keys) {
    if (typeof found !== 'object' || found === null) return undefined
    if (Array.isArray(found) ? !isIndex(key) : !Object.hasOwn(found, key)) return undefined
    found = (found as { readonly [key: string]: unknown })[key]
  }
  return found
}
