import { IcebergRouterError } from '../../error.ts'
import { schemaDifferences, specDifferences } from './conflict.ts'
import type { TableLayout } from './layout.ts'
import { currentSchema } from './metadata.ts'
import { type TableVersion, versionFile } from './versions.ts'

/**
 * Makes sure that the table on disk is the declared one.
 *
 * @throws IcebergRouterError `TableConflict`, with every difference and what to do
 */
export function checkTable(layout: TableLayout, { number, metadata }: TableVersion): void {
  const schema = currentSchema(metadata)
  const problems = schema === undefined ? [] : schemaDifferences(schema, layout.schema)
  const spec = metadata['partition-specs'].find((candidate) => candidate['spec-id'] === metadata['default-spec-id'])
  if (spec !== undefined) problems.push(...specDifferences(spec, layout.spec))
  if (metadata.location !== layout.location) {
    problems.push(`the table was made at ${metadata.location}: Iceberg stores whole paths, so it cannot be moved`)
  }
  if (problems.length === 0) return
  const name = `${layout.database}.${layout.declaration.name}`
  const remedy = `change the declaration back, or remove ${layout.folder} to begin anew`
  const headline = `table ${name} on disk (${versionFile(number)}) is not the declared one; ${remedy}:`
  throw new IcebergRouterError('TableConflict', headline, { problems })
}
