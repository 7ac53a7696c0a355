import type { Column } from '../table/column.ts'
import { KINDS } from './kinds.ts'

/** How a value of the event is written: one of `KINDS`, and two numbers that it asks for. */
export interface Conversion {
  readonly kind: number
  readonly a: number
  readonly b: number
}

/** Lists, maps, structs and bytes are the plain engine's. */
const BY_TYPE: { readonly [typeName: string]: number | undefined } = KINDS

/** Finds how the values of a column are written; undefined where the scanner cannot. */
export function conversionOf({ type }: Column): Conversion | undefined {
  const { name } = type
  const kind = BY_TYPE[name]
  if (kind === undefined) return undefined
  if (type.name === 'decimal') return { kind, a: type.precision, b: type.scale }
  if ('as' in type && type.as === 'iso') return undefined
  return { kind, a: name === 'timestamptz' ? 1 : 0, b: 0 }
}
