import { type Columns, defineTable, type FirehoseRecord, IcebergRouterError, type RowOf, type Table } from '../index.ts'
import type * as t from '../table/t.ts'
import { typeProblem } from './options.ts'
import { type AnySesType, isSesType, type RowMaker, type SesEventBase, type SesType } from './type.ts'

/** What a team adds to the table of an event type. */
export interface SesExtension<Event, Base extends Columns, Own extends Columns> {
  /** Columns of your own; they stand after those of the table. */
  readonly columns?: Own
  /** How rows are spread over files, such as `[day('timestamp')]`. */
  readonly partitionBy?: readonly t.PartitionField<(keyof Base | keyof Own) & string>[]
  /**
   * The values of those columns, and of any column of the table that is to hold something else than usual. May be
   * asynchronous. What it throws fails the record (`TransformThrew`).
   */
  readonly row?: (
    event: Event,
    record: FirehoseRecord,
  ) => OwnRow<Base, NoInfer<Own>> | Promise<OwnRow<Base, NoInfer<Own>>>
}

/** Without columns of one's own it is not an intersection with an empty object, in which any name would pass. */
type OwnRow<Base extends Columns, Own extends Columns> = [keyof Own] extends [never]
  ? Partial<RowOf<Table<Base>>>
  : RowOf<Table<Own>> & Partial<RowOf<Table<Base>>>

type NoColumns = Readonly<Record<never, never>>

/** An extension without its types: JavaScript has none. */
interface AnyExtension {
  readonly columns?: Columns
  readonly partitionBy?: readonly t.PartitionField[]
  readonly row?: RowMaker
}

/**
 * The event type with what you add to its table: `createSesRouter({ database, events: [extend(send, { … }), open] })`.
 *
 * @throws IcebergRouterError `InvalidTable`, with every problem of the extension in it
 */
export function extend<Event extends SesEventBase, T extends Table, const Own extends Columns = NoColumns>(
  type: SesType<Event, T>,
  extension: SesExtension<Event, T['columns'], Own>,
): SesType<Event, Table<T['columns'] & NoInfer<Own>, never>>
export function extend(type: AnySesType, extension: AnyExtension): AnySesType {
  const problems = extensionProblems(type, extension)
  if (problems.length > 0) {
    throw new IcebergRouterError('InvalidTable', `${type?.eventType ?? 'it'} cannot be extended:`, { problems })
  }
  const { table, transform } = type
  const { columns, partitionBy = table.partitionBy, row } = extension
  const extended = defineTable({ name: table.name, columns: { ...table.columns, ...columns }, partitionBy })
  if (row === undefined) return { ...type, table: extended }
  return { ...type, table: extended, transform: joinRows(transform, row) }
}

/** The row of the table, then what the extension says. */
function joinRows(toRow: RowMaker, own: RowMaker): RowMaker {
  return (event, record) =>
    andThen(toRow(event, record, undefined), (row) =>
      andThen(own(event, record, undefined), (added) => join(row as object, added)),
    )
}

/** At once where it can be: a promise that nobody needs would cost every record of a batch. */
function andThen(value: unknown, next: (value: unknown) => unknown): unknown {
  return value instanceof Promise ? value.then(next) : next(value)
}

function join(row: object, added: unknown): object {
  if (typeof added === 'object' && added !== null && !Array.isArray(added)) return { ...row, ...added }
  throw new TypeError(
    `the row function of an extension: expected an object, got ${Array.isArray(added) ? 'a list' : typeof added}`,
  )
}

const OPTIONS = ['columns', 'partitionBy', 'row']

function extensionProblems(type: unknown, extension: unknown): string[] {
  if (!isSesType(type)) return [typeProblem(type)]
  if (typeof extension !== 'object' || extension === null) return ['expected an object with columns and row']
  const { columns, row } = extension as { readonly columns?: unknown; readonly row?: unknown }
  const unknown = Object.keys(extension).filter((key) => !OPTIONS.includes(key))
  const problems = unknown.map((key) => `unknown option "${key}"; there are ${OPTIONS.join(', ')}`)
  if (row !== undefined && typeof row !== 'function') problems.push(`row: expected a function, got ${typeof row}`)
  if (columns === undefined) return problems
  if (typeof columns !== 'object' || columns === null) return [...problems, 'columns: expected an object']
  if (row === undefined) problems.push('row: expected a function that makes the values of the columns')
  const { table } = type
  const taken = Object.keys(columns).filter((name) => Object.hasOwn(table.columns, name))
  return [...problems, ...taken.map((name) => `columns.${name}: ${table.name} has a column of that name`)]
}
