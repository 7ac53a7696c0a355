import { IcebergRouterError } from '../../error.ts'
import { schemaDifferences, specDifferences } from './conflict.ts'
import type { TableLayout } from './table-layout.ts'
import { currentSchema, currentSnapshot, currentSpec, type TableMetadata } from './table-metadata.ts'
import { isSamePlace } from './uri.ts'
import type { TableVersion } from './versions.ts'

/**
 * Makes sure that the table on disk is the declared one.
 *
 * @throws IcebergRouterError `TableConflict`, with every difference and what to do
 */
export function checkTable(layout: TableLayout, { file, metadata }: TableVersion): void {
  const schema = currentSchema(metadata)
  const problems = schema === undefined ? [] : schemaDifferences(schema, layout.schema)
  const spec = currentSpec(metadata)
  if (spec !== undefined) problems.push(...specDifferences(spec, layout.spec))
  if (!isSamePlace(metadata.location, layout.location)) {
    problems.push(`the table was made at ${metadata.location}: Iceberg stores whole paths, so it cannot be moved`)
  }
  if (problems.length === 0) return
  const name = `${layout.database}.${layout.declaration.name}`
  const headline = `table ${name} on disk (${file}) is not the declared one; ${remedyFor(layout, metadata)}:`
  throw new IcebergRouterError('TableConflict', headline, { problems })
}

/** A table with snapshots may have the only copy of its rows. */
function remedyFor({ folder }: TableLayout, metadata: TableMetadata): string {
  const isEmpty = currentSnapshot(metadata) === undefined && metadata.snapshots.length === 0
  return isEmpty
    ? `change the declaration back, or remove ${folder} to begin anew`
    : 'change the declaration back, or keep the table as it is and deliver into another folder'
}
