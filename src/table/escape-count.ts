import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import { countEscapes, writeText } from '../firehose/scratch.ts'

/**
 * Counts the marks (quotes, backslashes, control characters) that are written into a text. Few strings need an escape, and to
 * look at each of them takes longer than all else: they are written as they are, and the text is looked at as a whole. It has
 * the marks that were counted and no others, or a string has brought some.
 */
export class EscapeCount {
  /** Never more than were written, or a string could hide as many. */
  declare count: number

  constructor() {
    this.count = 0
  }
}

// Assigning to it fails if a library has given all objects a read-only `count`: this one is found before it.
Object.defineProperty(EscapeCount.prototype, 'count', { value: 0, writable: true })

/**
 * Tells whether a text has so many marks, and no half of a surrogate pair, which is escaped as well.
 *
 * @returns its bytes in UTF-8, which are in the scratch buffer then; undefined where the text is not so
 */
export function utf8SizeIfEscaped(text: string, marks: number): number | undefined {
  // A row of that size is refused, and need not be copied for that.
  if (text.length > MAX_RECORD_BYTES) return undefined
  const sizeBytes = writeText(text)
  // Where every character took one byte, there is none.
  const isWhole = sizeBytes === text.length || text.isWellFormed()
  return isWhole && countEscapes(sizeBytes) === marks ? sizeBytes : undefined
}

/** How many marks there are in a part that was written by itself. */
export function countEscapesOf(part: string): number {
  // A row with so much in it is refused, whatever it is.
  return part.length > MAX_RECORD_BYTES ? 0 : (countEscapes(writeText(part)) ?? 0)
}
