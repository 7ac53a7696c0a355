import type { Selection } from '../select/compile.ts'
import type { Source } from '../select/source.ts'
import type { Column } from '../table/column.ts'
import { toMembers } from '../table/members.ts'
import type { Table } from '../table/table.ts'
import type { ColumnPlan, Instruction } from './instruction.ts'
import { instructionsOf } from './source.ts'

/** A route that only picks and renames. */
export interface ScanRoute {
  readonly table: Table
  readonly selection: Selection
  /** The row of a `delete` is the plain engine's. */
  readonly operation: 'insert' | 'update'
}

/** Lays a route out for the scanner, column by column in the table's order; undefined where it cannot have it. */
export function planRoute({ table, selection, operation }: ScanRoute): readonly ColumnPlan[] | undefined {
  const plans: ColumnPlan[] = []
  const locating = operation === 'update' ? locatingColumns(table) : []
  for (const { name, firstLabel, nextLabel, nullable, fallback } of toMembers(table.columns)) {
    const column = table.columns[name]
    const source = Object.hasOwn(selection, name) ? selection[name] : undefined
    const sources = column && sourcesOf(source, column)
    if (sources === undefined) return undefined
    const isLocating = locating.includes(name)
    const nil = nullable && !isLocating ? 'null' : undefined
    const missing = isLocating || isNull(source) ? nil : fallback
    plans.push({ label: plans.length === 0 ? firstLabel : nextLabel, sources, missing, null: nil })
  }
  return plans
}

/** An update finds its row by them, so they have to have a value. */
function locatingColumns({ uniqueKeys, partitionBy }: Table): readonly string[] {
  return [...uniqueKeys, ...partitionBy.map(({ column }) => column)]
}

function sourcesOf(source: Source | undefined, column: Column): readonly Instruction[] | undefined {
  return source === undefined ? [] : instructionsOf(source, { column, nullIsNull: true })
}

/** Null by itself is null, which no default replaces. */
function isNull(source: Source | undefined): boolean {
  return typeof source === 'object' && source.kind === 'constant' && source.value === null
}
