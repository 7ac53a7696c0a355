import { toGlueType } from '../table/artefacts/glue.ts'
import { primitiveParts } from '../table/artefacts/hive.ts'
import type { IcebergPrimitive, IcebergType } from '../table/artefacts/types.ts'
import { primitiveConsequence } from './consequence.ts'
import { breaking, type Difference, note } from './difference.ts'
import type { FoundPrimitive, FoundTable, FoundType } from './found.ts'

const REMEDY = 'declare it as the table has it, or change the table'

/** Where in a table the comparison is, and in whose words the table's types are. */
export interface Spot {
  readonly path: string
  readonly source: FoundTable['source']
}

/** Compares two primitive types, in the words of the table's source. */
export function comparePrimitive(
  declared: IcebergPrimitive,
  found: FoundPrimitive,
  { path, source }: Spot,
): Difference[] {
  const expected = source === 'glue' ? toGlueType(declared) : declared
  if (withoutSpaces(expected) === withoutSpaces(found.name)) return []
  const { severity, consequence } = primitiveConsequence(primitiveParts(declared), found.name)
  const words = { what: `declared ${declared}, the table has ${found.name}`, consequence, remedy: REMEDY }
  return [severity === 'note' ? note(path, words) : breaking(path, words)]
}

/** The difference of two types that have nothing in common. */
export function kindMismatch(declared: IcebergType, found: FoundType, path: string): Difference {
  const ours = typeof declared === 'string' ? declared : declared.type
  const theirs = found.kind === 'primitive' ? found.name : found.kind
  return breaking(path, {
    what: `declared ${ours}, the table has ${theirs}`,
    consequence: 'Firehose wants the type of a value to match its column: the record goes to the error bucket',
    remedy: REMEDY,
  })
}

/** Writers do not agree on whether a space stands in `decimal(10, 2)`. */
function withoutSpaces(type: string): string {
  return type.replace(/ /g, '')
}
