import type { Column } from '../table/column.ts'

/** Returns a column that holds the values of all given columns; undefined if there is no such column. */
export function unifyColumns(columns: readonly Column[]): Column | undefined {
  const [first, ...others] = columns
  if (first === undefined || others.every((other) => shape(other) === shape(first))) return first
  // Whole numbers of both sizes fit into the larger one.
  const whole = columns.every(({ type }) => type.name === 'int' || type.name === 'long')
  return whole ? columns.find(({ type }) => type.name === 'long') : undefined
}

/** Prints the type of a column without comments, for a comparison. */
function shape(column: Column): string {
  // A column may be named doc too.
  return JSON.stringify(column, (key, value) => (key === 'doc' && typeof value === 'string' ? undefined : value))
}
