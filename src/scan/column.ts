import type { Column } from '../table/column.ts'
import type { Kind } from './instruction.ts'

/** How the values of a column are written, or undefined where the scanner cannot. */
export interface Conversion {
  readonly kind: Exclude<Kind, 'constant' | 'arrival' | 'joined'>
  readonly settings: readonly [number, number]
}

const NONE = [0, 0] as const

/** Finds the conversion of a column: one line a type. Lists, maps, structs and bytes are the plain engine's. */
export function conversionOf({ type }: Column): Conversion | undefined {
  switch (type.name) {
    case 'string':
    case 'json':
    case 'int':
    case 'long':
    case 'double':
    case 'float':
    case 'boolean':
    case 'date':
    case 'uuid':
      return { kind: type.name, settings: NONE }
    case 'decimal':
      return { kind: 'decimal', settings: [type.precision, type.scale] }
    case 'time':
      return type.as === 'iso' ? undefined : { kind: 'time', settings: NONE }
    case 'timestamp':
    case 'timestamptz':
      return type.as === 'iso' ? undefined : { kind: 'timestamp', settings: [type.name === 'timestamptz' ? 1 : 0, 0] }
    default:
      return undefined
  }
}
