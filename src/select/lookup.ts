const INDEX = /^(0|[1-9]\d{0,8})$/

/** Tells whether a key is one that the elements of a list have; of most the first letter tells that they are not. */
export function isIndex(key: string): boolean {
  return key < ':' && INDEX.test(key)
}

/** The keys of a path as it is written: `mail.commonHeaders.to.0`. */
export function keysOf(path: string): readonly string[] {
  return path.split('.')
}

/**
 * The value at a path, or undefined where there is none. Of an object only its own properties count, of a list only its
 * elements, by number; nothing else has parts.
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
