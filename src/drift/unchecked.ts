import { toIcebergSchema } from '../table/artefacts/iceberg.ts'
import type { IcebergType } from '../table/artefacts/types.ts'
import type { Table } from '../table/table.ts'
import { type Difference, note } from './difference.ts'
import type { FoundTable } from './found.ts'

/** Says what Glue does not tell of an Iceberg table; nothing where the metadata file was read. */
export function uncheckedNote(declared: Table, found: FoundTable): Difference[] {
  if (found.source !== 'glue') return []
  const isUnsure = toIcebergSchema(declared).fields.some(({ type }) => looksAlike(type))
  const things = [
    found.formatVersion === undefined ? 'the format version' : '',
    'unique keys',
    'partition transforms',
    found.columns.some(({ required }) => required === undefined) ? 'which columns are required' : '',
    isUnsure
      ? 'whether a string is a uuid or a time, a binary fixed, and a timestamp without zone, which look alike'
      : '',
  ].filter((thing) => thing !== '')
  return [
    note('', {
      what: `not checked: ${things.join(', ')}`,
      consequence: "these stand in the table's metadata file only",
      remedy: `copy ${found.metadataLocation ?? 'the metadata file'} here and name it with --metadata`,
    }),
  ]
}

/** Glue shows a time and a uuid as string, fixed as binary and timestamptz as timestamp; so either may be either. */
function looksAlike(type: IcebergType): boolean {
  if (typeof type === 'string') return /^(string|time|uuid|binary|fixed.*|timestamp|timestamptz)$/.test(type)
  switch (type.type) {
    case 'list':
      return looksAlike(type.element)
    case 'map':
      return looksAlike(type.key) || looksAlike(type.value)
    case 'struct':
      return type.fields.some((field) => looksAlike(field.type))
  }
}
