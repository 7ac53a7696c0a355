import type { Column } from '../table/column.ts'

/** The column that holds the values of all the given ones; undefined where there is none. */
export function unifyColumns(columns: readonly Column[]): Column | undefined {
  const [first, ...others] = columns
  if (first === undefined || others.every((other) => shape(other) === shape(first))) return first
  // Whole numbers of both sizes fit into the larger one.
  const whole = columns.every(({ type }) => type.name === 'int' || type.name === 'long')
  return whole ? columns.find(({ type }) => type.name === 'long') : undefined
}

/** The type of a column with all its parts, comments left aside, as text that can be compared. */
function shape(column: Column): string {
  // A column may be called doc as well.
  return JSON.stringify(column, (key, value) => (key === 'doc' && typeof value === 'string' ? undefined : value))
}
