import type { Selection } from '../select/compile-selection.ts'
import type { Source } from '../select/source.ts'
import { compileColumns } from '../table/compiled-columns.ts'
import type { Table } from '../table/table.ts'
import { conversionOf } from './conversion.ts'
import { type Image, placeText } from './image.ts'
import { putSource } from './put-source.ts'
import type { RouteProgram } from './route-program.ts'

/** A route whose transform is a selection. */
export interface ScanRoute {
  readonly table: Table
  readonly selection: Selection
  /** The plain engine writes the row of a `delete`. */
  readonly operation: 'insert' | 'update'
}

/** Writes a route's program, column by column in the table's order; undefined if the scanner cannot run it. */
export function compileRoute(
  { table, selection, operation }: ScanRoute,
  number: number,
  image: Image,
): RouteProgram | undefined {
  const columns = compileColumns(table.columns)
  const words = [number, columns.length]
  const program: RouteProgram = { image, words, wants: [], cells: [] }
  const locating = operation === 'update' ? locatingColumns(table) : []
  for (const { name, prefix, nullable, fallback } of columns) {
    const column = table.columns[name]
    const source = Object.hasOwn(selection, name) ? selection[name] : undefined
    const isLocating = locating.includes(name)
    const nil = nullable && !isLocating ? 'null' : ''
    const missing = isLocating || isNull(source) ? nil : (fallback ?? '')
    const keyText = words.length === 2 ? prefix.first : prefix.next
    for (const text of [keyText, missing, nil]) {
      const { at, length } = placeText(image, text)
      words.push(at, length)
    }
    const start = words.push(0)
    if (column === undefined) return undefined
    const target = { program, column, conversion: conversionOf(column), nullIsNull: true }
    if (source !== undefined && !putSource(source, target)) return undefined
    words[start - 1] = (words.length - start) / SOURCE_WORDS
  }
  return program
}

const SOURCE_WORDS = 4

/** The columns by which an update finds its row, so they need a value. */
function locatingColumns({ uniqueKeys, partitionBy }: Table): readonly string[] {
  return [...uniqueKeys, ...partitionBy.map(({ column }) => column)]
}

/** Checks for a constant null, which no default replaces. */
function isNull(source: Source | undefined): boolean {
  return typeof source === 'object' && source.kind === 'constant' && source.value === null
}
