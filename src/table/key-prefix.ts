/** A key with its colon and the separator before it, as one string: a row of fewer pieces is faster to concatenate. */
export interface KeyPrefix {
  /** For the first key of an object. */
  readonly first: string
  /** After a value. */
  readonly next: string
  /** After a value that is still open: it closes the value. */
  readonly closing: string
}

/**
 * Builds the prefix of a key in its three forms.
 *
 * @param key the key as JSON, with its colon
 * @param opening the beginning of its value
 * @param closing the end of a value that is still open
 */
export function toKeyPrefix(key: string, opening: string, closing: string): KeyPrefix {
  return {
    first: inOnePiece('{', key, opening),
    next: inOnePiece(',', key, opening),
    closing: inOnePiece(closing, ',', key, opening),
  }
}

/** Joins parts to a flat string: V8 would keep `a + b` as a tree of its parts and walk it for every row. */
function inOnePiece(...parts: readonly string[]): string {
  return parts.join('')
}

/** Chooses the form of a prefix by the text of the object so far. */
export function keyPrefix(text: string, isOpen: boolean, { first, next, closing }: KeyPrefix): string {
  return isOpen ? closing : text === '' ? first : next
}
