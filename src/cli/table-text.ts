/** A printed table, cut to the width of a terminal. */
export interface TableText {
  readonly text: string
  /** The columns that did not fit. */
  readonly hidden: readonly string[]
}

const GAP = 2
/** The least width of a column that is shown. */
const MIN_WIDTH = 6
/** The largest width of a cell beside others, even on a wide terminal. */
const ELLIPSIS = '…'

/**
 * Prints cells in columns. Cells that are too wide are cut, the widest columns first; columns that do not fit at all are left
 * out and named.
 *
 * @param width in characters; undefined for a file or a pipe, which has no limit
 */
export function renderTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width: number | undefined,
): TableText {
  const lines = [header, ...rows].map((cells) => cells.map(printable))
  const natural = header.map((_, column) => Math.max(...lines.map((cells) => widthOf(cells[column] ?? ''))))
  const widths = width === undefined ? natural : shrink(natural, width)
  const text = lines.map((cells) => renderLine(cells, widths)).join('\n')
  return { text, hidden: header.slice(widths.length) }
}

/** Chooses widths for as many columns as fit. */
function shrink(natural: readonly number[], width: number): number[] {
  const count = Math.max(1, Math.min(natural.length, Math.floor((width + GAP) / (MIN_WIDTH + GAP))))
  const widths = natural.slice(0, count)
  const room = width - GAP * (count - 1)
  // The largest width that all columns can have: narrower columns leave their rest to the others.
  let limit = room
  while (limit > 1 && widths.reduce((sum, one) => sum + Math.min(one, limit), 0) > room) limit--
  return widths.map((one) => Math.min(one, limit))
}

function renderLine(cells: readonly string[], widths: readonly number[]): string {
  const padded = widths.map((width, column) => {
    const cell = cut(cells[column] ?? '', width)
    return column === widths.length - 1 ? cell : cell + ' '.repeat(width - widthOf(cell))
  })
  return padded.join(' '.repeat(GAP)).trimEnd()
}

function cut(cell: string, width: number): string {
  if (widthOf(cell) <= width) return cell
  let [kept, used] = ['', 0]
  for (const { segment } of SEGMENTER.segment(cell)) {
    used += widthOf(segment)
    if (used > width - 1) break
    kept += segment
  }
  return kept + ELLIPSIS
}

const SEGMENTER = new Intl.Segmenter()
/** Characters of double width: East Asian ones, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const ASCII = /^[\x20-\x7e]*$/

function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const { segment } of SEGMENTER.segment(text)) width += WIDE.test(segment) ? 2 : 1
  return width
}

/** Escapes control characters and direction marks: payloads are hostile, and a terminal would obey them. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character]
    return short ?? `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`
  })
}
