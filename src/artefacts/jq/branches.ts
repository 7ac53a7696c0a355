import type { Operation } from '../../firehose/response.ts'
import { type Constraint, toConstraints } from '../../match/pattern.ts'
import type { RouteDefinition, RouterDefinition } from '../../router/model.ts'
import type { Table } from '../../table/table.ts'

/** One way that a record may take: undefined where it fails. */
export interface Branch {
  /** All have to hold; none for what is left over. */
  readonly constraints: readonly Constraint[]
  readonly target: { readonly table: string; readonly operation: Operation } | undefined
}

/** A router's routes in their order, and its end; only for definition without a reason against them. */
export function branchesOf({ routes, otherwise }: RouterDefinition): Branch[] {
  const branches = routes.map(({ matcher, route }) => toBranch(toConstraints(matcher).constraints, route))
  return [...branches, toBranch([], otherwise)]
}

function toBranch(constraints: readonly Constraint[], route: RouteDefinition['route'] = 'fail'): Branch {
  if (typeof route === 'string') return { constraints, target: undefined }
  // Checked before: a table, and an operation that is fixed.
  const { table, operation = 'insert' } = route as { readonly table: Table; readonly operation?: Operation }
  return { constraints, target: { table: table.name, operation } }
}
