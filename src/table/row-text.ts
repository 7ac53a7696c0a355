import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import { countMarks, writeText } from '../firehose/scratch.ts'
import { type Labels, labelBehind } from './labels.ts'

/** What counts the marks that are written. */
export interface Marks {
  marks: number
}

/**
 * The JSON text of a row in the making. Few strings need an escape, and to look at each of them takes longer than all else:
 * they are written as they are, and the text is looked at as a whole. It has the marks (quotes, backslashes, control
 * characters) that were counted while it was written, and no others, or a string has brought some.
 */
export class RowText implements Marks {
  declare text: string
  /** Its last value is a text without its closing quote, which is written with what comes next, in one piece. */
  declare isOpen: boolean
  /** Never more than were written, or a string could hide as many. */
  declare marks: number
  /** Strings are looked at one by one, and marks are not counted. */
  declare readonly isCareful: boolean

  constructor(isCareful: boolean) {
    this.text = ''
    this.isOpen = false
    this.marks = 0
    this.isCareful = isCareful
  }

  /** The whole object; undefined where a string in it has to be escaped. */
  finish(): string | undefined {
    const { text, isOpen } = this
    const whole = text === '' ? '{}' : isOpen ? `${text}"}` : `${text}}`
    return this.isCareful || this.accountsFor(whole) ? whole : undefined
  }

  /** Tells whether a text has the marks that were counted, and no half of a surrogate pair, which is escaped as well. */
  accountsFor(text: string): boolean {
    // A row of that size is refused, and need not be copied for that.
    if (text.length > MAX_RECORD_BYTES) return false
    const sizeBytes = writeText(text)
    // Where every character took one byte, there is none.
    return countMarks(sizeBytes) === this.marks && (sizeBytes === text.length || text.isWellFormed())
  }
}

/** Writes a value behind its name. */
export function addCell(row: RowText, labels: Labels, cell: string): void {
  const { text } = row
  row.text = text + labelBehind(text, row.isOpen, labels) + cell
  row.isOpen = false
}

/** Writes what stands between the quotes of a text behind its name. */
export function addText(row: RowText, labels: Labels, inside: string): void {
  const { text } = row
  row.text = text + labelBehind(text, row.isOpen, labels) + inside
  row.isOpen = true
}

/** How many marks there are in a value that was written by itself. */
export function countMarksOf(cell: string): number {
  // A row with so much in it is refused, whatever it is.
  return cell.length > MAX_RECORD_BYTES ? 0 : (countMarks(writeText(cell)) ?? 0)
}
