import type { ColumnType, MapType } from '../table/column.ts'
import type { ActualType } from './actual.ts'
import { breakingWith, type Consequence, MISMATCH, TEXT_STORED } from './severity.ts'

/**
 * Predicts what happens to values in a column of another kind, if one of the two is nested. Firehose also accepts lists and
 * maps as strings of JSON; a map whose keys are not strings is written like that.
 */
export function kindConsequence(declared: ColumnType, actual: ActualType): Consequence {
  const into = actual.kind === 'primitive' ? actual.name : actual.kind
  switch (declared.name) {
    case 'string':
    case 'json':
      return fromText(into)
    case 'map':
      return isWrittenAsString(declared) ? fromMapText(into) : fromObject(into)
    case 'struct':
      return fromObject(into)
    default:
      return MISMATCH
  }
}

/** A JSON object has string keys only, so other maps are written as strings. */
function isWrittenAsString({ key }: MapType): boolean {
  return key.type.name !== 'string'
}

function fromText(into: string): Consequence {
  if (into === 'list') return breakingWith('a string that is not a JSON array goes to the error bucket')
  return into === 'map' ? breakingWith('a string that is not a JSON object goes to the error bucket') : MISMATCH
}

function fromMapText(into: string): Consequence {
  return into === 'string' ? TEXT_STORED : MISMATCH
}

function fromObject(into: string): Consequence {
  switch (into) {
    case 'string':
      return breakingWith(
        'AWS does not say what happens to an object there: its JSON is stored as a string, or the record goes to the error bucket',
      )
    case 'map':
      return breakingWith(
        'the object is stored as a map with the fields as its keys, without an error, if every value has its type; otherwise the record goes to the error bucket',
      )
    case 'struct':
      return breakingWith(
        'the object is stored as a struct, without an error, if every value has the type of its field; AWS does not say what happens to keys that are not fields of it',
      )
    default:
      return MISMATCH
  }
}
