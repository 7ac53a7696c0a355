import { type Columns, defineTable, type FirehoseRecord, IcebergRouterError, type RowOf, type Table } from '../index.ts'
import type * as t from '../table/t.ts'
import { type AnySesType, isSesType, type RowMaker, type SesEventBase, type SesType, typeProblem } from './type.ts'

/** An extension of an event type: columns, partitions and values. */
export interface SesExtension<Event, Base extends Columns, Own extends Columns> {
  /** More columns; they come after those of the table. */
  readonly columns?: Own
  /** The partitions of the table, such as `[t.day('timestamp')]`. */
  readonly partitionBy?: readonly t.PartitionField<(keyof Base | keyof Own) & string>[]
  /**
   * Makes the values of those columns. It may also replace the value of any column of the table, and may be asynchronous. An
   * exception fails the record (`TransformThrew`).
   */
  readonly row?: (
    event: Event,
    record: FirehoseRecord,
  ) => OwnRow<Base, NoInfer<Own>> | Promise<OwnRow<Base, NoInfer<Own>>>
}

/** Without own columns there is no intersection: one with an empty object would accept any name. */
type OwnRow<Base extends Columns, Own extends Columns> = [keyof Own] extends [never]
  ? Partial<RowOf<Table<Base>>>
  : RowOf<Table<Own>> & Partial<RowOf<Table<Base>>>

type NoColumns = Readonly<Record<never, never>>

/** An extension, unchecked, as a JavaScript caller may pass it. */
interface AnyExtension {
  readonly columns?: Columns
  readonly partitionBy?: readonly t.PartitionField[]
  readonly row?: RowMaker
}

/**
 * Makes an event type with more columns, partitions or other values:
 * `createSesRouter({ database, events: [extend(send, { … }), open] })`.
 *
 * @throws IcebergRouterError `InvalidTable`, with all problems of the extension
 */
export function extend<Event extends SesEventBase, T extends Table, const Own extends Columns = NoColumns>(
  type: SesType<Event, T>,
  extension: SesExtension<Event, T['columns'], Own>,
): SesType<Event, Table<T['columns'] & NoInfer<Own>, never>>
export function extend(type: AnySesType, extension: AnyExtension): AnySesType {
  const problems = extensionProblems(type, extension)
  if (problems.length > 0) {
    throw new IcebergRouterError('InvalidTable', `${type?.eventType ?? 'the event type'} cannot be extended:`, {
      problems,
    })
  }
  const { table, transform } = type
  const { columns, partitionBy = table.partitionBy, row } = extension
  const extended = defineTable({ name: table.name, columns: { ...table.columns, ...columns }, partitionBy })
  if (row === undefined) return { ...type, table: extended }
  return { ...type, table: extended, transform: joinRows(transform, row) }
}

/** Makes the row of the table, then adds the values of the extension. */
function joinRows(toRow: RowMaker, own: RowMaker): RowMaker {
  return (event, record) =>
    andThen(toRow(event, record, undefined), (row) =>
      andThen(own(event, record, undefined), (added) => join(row as object, added)),
    )
}

/** Synchronous if the value is not a promise: an unneeded promise would slow down every record of a batch. */
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
  if (typeof extension !== 'object' || extension === null)
    return [`expected an object with columns and row, got ${extension === null ? 'null' : typeof extension}`]
  const { columns, row } = extension as { readonly columns?: unknown; readonly row?: unknown }
  const unknown = Object.keys(extension).filter((key) => !OPTIONS.includes(key))
  const problems = unknown.map((key) => `unknown option "${key}"; the options are ${OPTIONS.join(', ')}`)
  if (row !== undefined && typeof row !== 'function') problems.push(`row: expected a function, got ${typeof row}`)
  if (columns === undefined) return problems
  if (typeof columns !== 'object' || columns === null)
    return [...problems, `columns: expected an object of columns, got ${typeof columns}`]
  if (row === undefined) problems.push('row: expected a function that makes the values of the columns, got undefined')
  const { table } = type
  const taken = Object.keys(columns).filter((name) => Object.hasOwn(table.columns, name))
  return [
    ...problems,
    ...taken.map((name) => `columns.${name}: ${table.name} already has a column of this name; choose another name`),
  ]
}
