import type { ColumnType, MapType } from '../table/column.ts'
import type { ActualType } from './actual.ts'
import { breakingWith, type Consequence, MISMATCH, TEXT_STORED } from './severity.ts'

/**
 * Tells what becomes of values in a column of another kind, where one of the two is nested. Lists and maps are taken as
 * JSON text as well, and a map whose keys are no strings is written so.
 */
export function kindConsequence(declared: ColumnType, found: ActualType): Consequence {
  const into = found.kind === 'primitive' ? found.name : found.kind
  switch (declared.name) {
    case 'string':
    case 'json':
      return fromText(into)
    case 'map':
      return isText(declared) ? fromMapText(into) : fromObject(into)
    case 'struct':
      return fromObject(into)
    default:
      return MISMATCH
  }
}

/** The JSON object has no keys but strings. */
function isText({ key }: MapType): boolean {
  return key.type.name !== 'string'
}

function fromText(into: string): Consequence {
  if (into === 'list') return breakingWith('text that is no JSON array goes to the error bucket')
  return into === 'map' ? breakingWith('text that is no JSON object goes to the error bucket') : MISMATCH
}

function fromMapText(into: string): Consequence {
  return into === 'string' ? TEXT_STORED : MISMATCH
}

function fromObject(into: string): Consequence {
  switch (into) {
    case 'string':
      return breakingWith(
        'AWS does not say what becomes of an object there: its JSON text is stored, or the record goes to the error bucket',
      )
    case 'map':
      return breakingWith(
        'the object is stored as a map with the fields as its keys, without an error, where every value is of its type; otherwise the record goes to the error bucket',
      )
    case 'struct':
      return breakingWith(
        'the object is stored as a struct, without an error, where every value is of its type; AWS does not say what becomes of keys that are no fields of it',
      )
    default:
      return MISMATCH
  }
}
