/** A key with its colon, behind what came before and in one piece with it: a text of many pieces is slow to put together. */
export interface KeyPrefix {
  /** Behind nothing. */
  readonly first: string
  /** Behind a value. */
  readonly next: string
  /** Behind a value that is still open, which it closes. */
  readonly closing: string
}

/**
 * Makes the labels of a key.
 *
 * @param key as it is written, with its colon
 * @param opening what its value begins with
 * @param closing what an open value ends with
 */
export function toKeyPrefix(key: string, opening: string, closing: string): KeyPrefix {
  return {
    first: inOnePiece('{', key, opening),
    next: inOnePiece(',', key, opening),
    closing: inOnePiece(closing, ',', key, opening),
  }
}

/** Put together by an operator, a text would stay a tree of its parts, which is walked through for every row. */
function inOnePiece(...parts: readonly string[]): string {
  return parts.join('')
}

/** The label to be written behind the text of an object that was begun, or not. */
export function keyPrefix(text: string, isOpen: boolean, { first, next, closing }: KeyPrefix): string {
  return isOpen ? closing : text === '' ? first : next
}
