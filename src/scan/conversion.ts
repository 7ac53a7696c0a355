import type { Column } from '../table/column.ts'
import { KINDS } from './kinds.ts'

/** How a value of the event is written: one of `KINDS`, with its two parameters. */
export interface Conversion {
  readonly kind: number
  readonly a: number
  readonly b: number
}

/** The kind of each column type; the plain engine writes lists, maps, structs and bytes. */
const BY_TYPE: { readonly [typeName: string]: number | undefined } = KINDS

/** Finds how the values of a column are written; undefined if the scanner cannot write them. */
export function conversionOf({ type }: Column): Conversion | undefined {
  const { name } = type
  const kind = BY_TYPE[name]
  if (kind === undefined) return undefined
  if (type.name === 'decimal') return { kind, a: type.precision, b: type.scale }
  if ('as' in type && type.as === 'iso') return undefined
  // A number of a stated unit is left to the plain engine: the scanner reads numbers as microseconds.
  const hasUnit = 'unit' in type && type.unit !== undefined
  return { kind, a: name === 'timestamptz' ? 1 : 0, b: hasUnit ? 1 : 0 }
}
