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

/** Where in a table the comparison is, and which source named its types. */
export interface Location {
  readonly path: string
  readonly source: ActualTable['source']
}

/**
 * Compares two primitive types, by their names in the table's source.
 *
 * @param type the declared type: unlike its name in Iceberg, it says how values are written
 */
export function comparePrimitive(
  declared: Field,
  type: LeafType,
  actual: ActualPrimitive,
  { path, source }: Location,
): Difference[] {
  const iceberg = toIcebergField(declared).type
  const expected = source === 'glue' ? toGlueType(iceberg) : nameOf(declared)
  if (withoutSpaces(expected) === withoutSpaces(actual.name)) return []
  return [typeDifference(path, [nameOf(declared), actual.name], primitiveConsequence(type, actual.name))]
}

/** The difference of two types of different kinds, such as a list and a string. */
export function kindMismatch(declared: Field, actual: ActualType, path: string): Difference {
  const theirs = actual.kind === 'primitive' ? actual.name : actual.kind
  return typeDifference(path, [nameOf(declared), theirs], kindConsequence(declared.column.type, actual))
}

function typeDifference(
  path: string,
  [declared, actual]: readonly [string, string],
  { severity, consequence }: Consequence,
): Difference {
  const words = { what: `declared ${declared}, the table has ${actual}`, consequence, remedy: REMEDY }
  return severity === 'note' ? note(path, words) : breaking(path, words)
}

/** The name of a field's type in Iceberg. */
function nameOf(field: Field): string {
  const { type } = toIcebergField(field)
  return typeof type === 'string' ? type : type.type
}

/** Some writers put a space into `decimal(10, 2)` and others do not. */
function withoutSpaces(type: string): string {
  return type.replace(/ /g, '')
}
