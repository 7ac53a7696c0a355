import { toGlueType } from '../artefacts/glue.ts'
import { toIcebergField } from '../artefacts/iceberg.ts'
import type { LeafType } from '../table/column.ts'
import type { Field } from '../table/fields.ts'
import type { ActualPrimitive, ActualTable, ActualType } from './actual.ts'
import { breaking, type Difference, note } from './difference.ts'
import { kindConsequence } from './kind-mismatch.ts'
import type { Consequence } from './severity.ts'
import { primitiveConsequence } from './type-mismatch.ts'

const REMEDY = 'declare it as the table has it, or change the table'

/** Where in a table the comparison is, and in whose words the table's types are. */
export interface Location {
  readonly path: string
  readonly source: ActualTable['source']
}

/**
 * Compares two primitive types, in the words of the table's source.
 *
 * @param type that of the declared field: Iceberg's name for it does not tell how its values are written
 */
export function comparePrimitive(
  declared: Field,
  type: LeafType,
  found: ActualPrimitive,
  { path, source }: Location,
): Difference[] {
  const iceberg = toIcebergField(declared).type
  const expected = source === 'glue' ? toGlueType(iceberg) : nameOf(declared)
  if (withoutSpaces(expected) === withoutSpaces(found.name)) return []
  return [typeDifference(path, [nameOf(declared), found.name], primitiveConsequence(type, found.name))]
}

/** The difference of two types of which one has others inside, and the other one has not, or is of another kind. */
export function kindMismatch(declared: Field, found: ActualType, path: string): Difference {
  const theirs = found.kind === 'primitive' ? found.name : found.kind
  return typeDifference(path, [nameOf(declared), theirs], kindConsequence(declared.column.type, found))
}

function typeDifference(
  path: string,
  [declared, found]: readonly [string, string],
  { severity, consequence }: Consequence,
): Difference {
  const words = { what: `declared ${declared}, the table has ${found}`, consequence, remedy: REMEDY }
  return severity === 'note' ? note(path, words) : breaking(path, words)
}

/** The name of a field's type in Iceberg's words. */
function nameOf(field: Field): string {
  const { type } = toIcebergField(field)
  return typeof type === 'string' ? type : type.type
}

/** Writers do not agree on whether a space stands in `decimal(10, 2)`. */
function withoutSpaces(type: string): string {
  return type.replace(/ /g, '')
}
