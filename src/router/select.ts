import type { FirehoseRecord } from '../firehose/event.ts'
import type { Operation } from '../firehose/response.ts'
import { selectionProblems } from '../select/check-selection.ts'
import { compileSelection, type Selection } from '../select/compile-selection.ts'
import type { CheckedSelection } from '../select/selected.ts'
import type { Table } from '../table/table.ts'
import { compileFastPath } from './fast-path.ts'
import type { SelectPart } from './model.ts'
import type { SelectTransform } from './route.ts'

/**
 * Makes a transform that only picks and renames: for each column a path in the event (`'mail.messageId'`), or a source such
 * as `s.firstOf()` and `s.constant()` make. Write it in the route, as `transform: select({ … })`: the compiler takes the
 * event and the table from there, and reports a wrong or forgotten column at the selection.
 */
export function select<Event, T extends Table, Op extends Operation, Context, const Sel extends Selection>(
  selection: Sel & CheckedSelection<Event, T, Sel, Op>,
): SelectTransform<Event, T, Op, Context>
export function select(selection: Selection): unknown {
  let plain: ReturnType<typeof compileSelection> | undefined
  const transform = (event: unknown, record?: FirehoseRecord): { readonly [column: string]: unknown } => {
    // Built for the first event that needs it: most records take the fast path.
    plain ??= compileSelection(selection)
    return plain(event, record)
  }
  const part: SelectPart = { selection, selectionProblems, compileFastPath }
  return Object.assign(transform, { selection, '~select': part })
}
