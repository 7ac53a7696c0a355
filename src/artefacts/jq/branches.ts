import type { Operation } from '../../firehose/response.ts'
import { type Constraint, toConstraints } from '../../match/pattern.ts'
import type { RouteDefinition, RouterDefinition } from '../../router/model.ts'
import type { Table } from '../../table/table.ts'

/** One case of the query: its constraints, and the table that it chooses; undefined for a record that fails. */
export interface Branch {
  /** All of them have to hold; the last branch has no constraints. */
  readonly constraints: readonly Constraint[]
  readonly target: { readonly table: string; readonly operation: Operation } | undefined
}

/** Returns a router's routes in their order, then its `otherwise`; only for a definition without reasons against a query. */
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
