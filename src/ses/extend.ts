import {
  type Columns,
  defineTable,
  type FirehoseRecord,
  isIcebergRouterError,
  type PartitionField,
  type Selection,
  type Table,
  toTransform,
  type ValuesOf,
} from '../index.ts'
import type { AnySesType, SesEventOf, SesEventType, SesTableOf } from './types.ts'

/** What a team adds to the table of an event type. */
export interface SesExtension<Event, Base extends Columns, Own extends Columns> {
  /** Columns of your own; they stand after those of the table. */
  readonly columns?: Own
  /** How rows are spread over files, such as `[day('timestamp')]`. */
  readonly partitionBy?: readonly PartitionField<(keyof Base | keyof Own) & string>[]
  /**
   * The values of those columns, and of any column of the table that is to hold something else than usual. May be
   * asynchronous. What it throws fails the record (`TransformThrew`).
   */
  readonly row?: (event: Event, record: FirehoseRecord) => OwnRow<Base, Own> | Promise<OwnRow<Base, Own>>
}

type OwnRow<Base extends Columns, Own extends Columns> = ValuesOf<Own> & Partial<ValuesOf<Base>>

/** Extensions by event type; `Own` are their columns. */
export type SesExtensions<Own> = {
  readonly [Type in keyof Own]: Type extends SesEventType
    ? SesExtension<SesEventOf<Type>, SesTableOf<Type>['columns'], Own[Type] extends Columns ? Own[Type] : Columns>
    : never
}

/** Makes the row of an event, or one of each recipient. */
export type RowMaker = (event: unknown, record: FirehoseRecord) => unknown

/** How a route makes its rows: by a declaration wherever it can be said. */
export type Making = { readonly select: Selection } | { readonly transform: RowMaker }

/** An event type as a router has it. */
export interface WiredType {
  readonly eventType: SesEventType
  readonly table: Table
  readonly making: Making
}

/** An extension without its types: JavaScript has none. */
interface AnyExtension {
  readonly columns?: Columns
  readonly partitionBy?: readonly PartitionField[]
  readonly row?: RowMaker
}

const OPTIONS = ['columns', 'partitionBy', 'row']

/** Puts an extension to its event type, or tells what is wrong with it. */
export function extendType(type: AnySesType, extension: unknown): { wired: WiredType; problems: readonly string[] } {
  const { eventType, table } = type
  // A type has the one or the other.
  const making: Making = type.select ? { select: type.select } : { transform: type.toRow as unknown as RowMaker }
  const wired = { eventType, table, making }
  if (extension === undefined) return { wired, problems: [] }
  const problems = extensionProblems(table, extension)
  if (problems.length > 0) return { wired, problems }
  const { columns, partitionBy = [], row } = extension as AnyExtension
  try {
    const extended = defineTable({ name: table.name, columns: { ...table.columns, ...columns }, partitionBy })
    const joined = row === undefined ? making : { transform: joinRows(toFunction(making), row) }
    return { wired: { eventType, table: extended, making: joined }, problems }
  } catch (error) {
    if (!isIcebergRouterError(error)) throw error
    return { wired, problems: error.problems }
  }
}

function toFunction(making: Making): RowMaker {
  return 'select' in making ? toTransform(making.select) : making.transform
}

/** The row of the table, then what the extension says. */
function joinRows(toRow: RowMaker, own: RowMaker): RowMaker {
  return (event, record) => {
    const row = toRow(event, record) as object
    const added = own(event, record)
    return added instanceof Promise ? added.then((later) => join(row, later)) : join(row, added)
  }
}

function join(row: object, added: unknown): object {
  if (typeof added === 'object' && added !== null && !Array.isArray(added)) return { ...row, ...added }
  throw new TypeError(
    `the row function of an extension: expected an object, got ${Array.isArray(added) ? 'a list' : typeof added}`,
  )
}

function extensionProblems(table: Table, extension: unknown): string[] {
  if (typeof extension !== 'object' || extension === null) return ['expected an object with columns and row']
  const { columns, row } = extension as { readonly columns?: unknown; readonly row?: unknown }
  const unknown = Object.keys(extension).filter((key) => !OPTIONS.includes(key))
  const problems = unknown.map((key) => `unknown option "${key}"; there are ${OPTIONS.join(', ')}`)
  if (row !== undefined && typeof row !== 'function') problems.push(`row: expected a function, got ${typeof row}`)
  if (columns === undefined) return problems
  if (typeof columns !== 'object' || columns === null) return [...problems, 'columns: expected an object']
  if (row === undefined) problems.push('row: expected a function that makes the values of the columns')
  const taken = Object.keys(columns).filter((name) => Object.hasOwn(table.columns, name))
  return [...problems, ...taken.map((name) => `columns.${name}: ${table.name} has a column of that name`)]
}
