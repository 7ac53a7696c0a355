import { toIcebergSchema } from '../artefacts/iceberg.ts'
import type { IcebergType } from '../artefacts/iceberg-type.ts'
import type { Table } from '../table/table.ts'
import type { ActualTable } from './actual.ts'
import { type Difference, note } from './difference.ts'

/** Lists what Glue does not say about an Iceberg table; the list is empty if the metadata file was read. */
export function uncheckedNote(declared: Table, actual: ActualTable): Difference[] {
  if (actual.source !== 'glue') return []
  const primitives = toIcebergSchema(declared).fields.flatMap(({ type }) => primitivesOf(type))
  const alike = ALIKE.filter(([types]) => primitives.some((type) => types.test(type))).map(([, what]) => what)
  const things = [
    actual.formatVersion === undefined ? 'the format version' : '',
    'unique keys',
    'partition transforms',
    actual.columns.some(({ required }) => required === undefined) ? 'which columns are required' : '',
    alike.length === 0 ? '' : `exact types (Glue shows ${alike.join(', ')})`,
  ].filter((thing) => thing !== '')
  return [
    note('', {
      what: `not checked: ${things.join(', ')}`,
      consequence: "only the table's metadata file has them",
      remedy: `copy ${actual.metadataLocation ?? 'the metadata file'} here and name it with --metadata`,
    }),
  ]
}

/** Types that Glue shows under the same name, so that it cannot say which of them a column has. */
const ALIKE: readonly (readonly [types: RegExp, what: string])[] = [
  [/^(string|time|uuid)$/, 'time and uuid as string'],
  [/^(binary|fixed.*)$/, 'fixed as binary'],
  [/^(timestamp|timestamptz)$/, 'timestamptz as timestamp'],
]

function primitivesOf(type: IcebergType): string[] {
  if (typeof type === 'string') return [type]
  switch (type.type) {
    case 'list':
      return primitivesOf(type.element)
    case 'map':
      return [...primitivesOf(type.key), ...primitivesOf(type.value)]
    case 'struct':
      return type.fields.flatMap((field) => primitivesOf(field.type))
  }
}
