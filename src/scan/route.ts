import type { Selection } from '../select/compile.ts'
import type { Source } from '../select/source.ts'
import { toMembers } from '../table/members.ts'
import type { Table } from '../table/table.ts'
import type { ColumnPlan } from './instruction.ts'
import { instructionsOf, type Target } from './source.ts'

/** A route that only picks and renames. */
export interface ScanRoute {
  readonly table: Table
  readonly selection: Selection
  /** The row of a `delete` is the plain engine's. */
  readonly operation: 'insert' | 'update'
}

/** Lays a route out for the scanner, column by column in the table's order; undefined where it cannot have it. */
export function planRoute({ table, selection, operation }: ScanRoute): readonly ColumnPlan[] | undefined {
  const columns: ColumnPlan[] = []
  const locates = new Set<string>(operation === 'update' ? locatingColumns(table) : [])
  for (const member of toMembers(table.columns)) {
    const column = table.columns[member.name]
    const source = Object.hasOwn(selection, member.name) ? selection[member.name] : undefined
    if (column === undefined) return undefined
    const plan = planColumn(source, { column, member }, columns.length === 0)
    if (plan === undefined) return undefined
    columns.push(locates.has(member.name) ? { ...plan, missing: undefined, null: undefined } : plan)
  }
  return columns
}

/** An update finds its row by them, so they have to have a value. */
function locatingColumns({ uniqueKeys, partitionBy }: Table): readonly string[] {
  return [...uniqueKeys, ...partitionBy.map(({ column }) => column)]
}

function planColumn(source: Source | undefined, target: Target, isFirst: boolean): ColumnPlan | undefined {
  const { nextLabel, firstLabel, nullable, fallback } = target.member
  const label = isFirst ? firstLabel : nextLabel
  const nothing = { label, missing: fallback, null: nullable ? 'null' : undefined }
  if (source === undefined) return { ...nothing, sources: [] }
  // Null by itself is null, which no default replaces.
  if (typeof source === 'object' && source.kind === 'constant' && source.value === null) {
    return { ...nothing, sources: [], missing: nothing.null }
  }
  const sources = instructionsOf(source, target)
  return sources && { ...nothing, sources }
}
