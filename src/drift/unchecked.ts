import { toIcebergSchema } from '../artefacts/iceberg.ts'
import type { IcebergType } from '../artefacts/iceberg-type.ts'
import type { Table } from '../table/table.ts'
import type { ActualTable } from './actual.ts'
import { type Difference, note } from './difference.ts'

/** Says what Glue does not tell of an Iceberg table; nothing where the metadata file was read. */
export function uncheckedNote(declared: Table, found: ActualTable): Difference[] {
  if (found.source !== 'glue') return []
  const primitives = toIcebergSchema(declared).fields.flatMap(({ type }) => primitivesOf(type))
  const alike = ALIKE.filter(([types]) => primitives.some((type) => types.test(type))).map(([, what]) => what)
  const things = [
    found.formatVersion === undefined ? 'the format version' : '',
    'unique keys',
    'partition transforms',
    found.columns.some(({ required }) => required === undefined) ? 'which columns are required' : '',
    alike.length === 0 ? '' : `exact types (Glue shows ${alike.join(', ')})`,
  ].filter((thing) => thing !== '')
  return [
    note('', {
      what: `not checked: ${things.join(', ')}`,
      consequence: "these stand in the table's metadata file only",
      remedy: `copy ${found.metadataLocation ?? 'the metadata file'} here and name it with --metadata`,
    }),
  ]
}

/** What Glue shows alike, so that either may be either. */
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
