import type { Column, Encoding } from '../table/column.ts'
import { KINDS } from './kinds.ts'

/** How a value of the event is written: one of `KINDS`, and two numbers that it asks for. */
export interface Conversion {
  readonly kind: number
  readonly a: number
  readonly b: number
}

/** Lists, maps, structs and bytes are the plain engine's. */
const BY_TYPE: { readonly [typeName: string]: number | undefined } = KINDS

const ENCODED: Encoding = { from: 'encoded', unknownFields: 'refuse' }

/** Finds how the values of a column are written; undefined where the scanner cannot. */
export function conversionOf({ type }: Column): Conversion | undefined {
  const { name } = type
  const kind = BY_TYPE[name]
  if (kind === undefined) return undefined
  if (name === 'decimal') return { kind, a: type.precision, b: type.scale }
  // Times may be written as ISO 8601 text instead.
  if ((kind === KINDS.timestamp || kind === KINDS.time) && type.encode(0, ENCODED) !== '0') return undefined
  return { kind, a: name === 'timestamptz' ? 1 : 0, b: 0 }
}
