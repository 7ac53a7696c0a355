import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import { countEscapes, writeText } from '../firehose/scratch.ts'

/**
 * Counts the quotes, backslashes and control characters that we write into a row. Checking each string for them takes longer
 * than everything else, and few strings need an escape. So strings are written unescaped, and the finished row is scanned
 * once: if it has more of these characters than were counted, a string brought them.
 */
export class EscapeCount {
  /** Never too many: a string could hide the surplus. */
  declare count: number

  constructor() {
    this.count = 0
  }
}

// Assigning to it fails if a library has given all objects a read-only `count`: this one is found before it.
Object.defineProperty(EscapeCount.prototype, 'count', { value: 0, writable: true })

/**
 * Measures a string if it has exactly this many escapes and no lone surrogate, which needs an escape as well.
 *
 * @returns its size in UTF-8, which is then in the scratch buffer; undefined if a string in it needs an escape
 */
export function utf8SizeIfEscaped(text: string, escapes: number): number | undefined {
  // The row is too large anyway, so do not copy it.
  if (text.length > MAX_RECORD_BYTES) return undefined
  const sizeBytes = writeText(text)
  // If every character took one byte, there are no surrogates.
  const isWhole = sizeBytes === text.length || text.isWellFormed()
  return isWhole && countEscapes(sizeBytes) === escapes ? sizeBytes : undefined
}

/** Counts the escapes in a part of a row that was encoded separately. */
export function countEscapesOf(part: string): number {
  // The row will be too large anyway.
  return part.length > MAX_RECORD_BYTES ? 0 : (countEscapes(writeText(part)) ?? 0)
}
