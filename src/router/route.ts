import type { FirehoseRecord } from '../firehose/event.ts'
import type { Operation } from '../firehose/response.ts'
import type { MaybePromise } from '../promise.ts'
import type { CheckedSelection } from '../select/selected.ts'
import type { SchemaOutput, StandardSchema } from '../standard-schema.ts'
import type { ExtraNames } from '../table/extra.ts'
import type { ValueOf } from '../table/row-type.ts'
import type { KeyOf, PartitionOf, RowOf, Table } from '../table/table.ts'
import type { RowTo } from './row-to.ts'

/** The operations a table allows: without unique keys there is nothing to update or delete by. */
export type OperationOf<T extends Table> = [KeyOf<T>] extends [never] ? 'insert' : Operation

/** The row an operation needs: a `delete` its key and partition columns, everything else all columns. */
export type RowFor<T extends Table, Op> = [Op] extends ['delete']
  ? Pick<RowOf<T>, (KeyOf<T> | PartitionOf<T>) & keyof RowOf<T>> & Partial<RowOf<T>>
  : RowOf<T>

type KeysOfUnion<Row> = Row extends unknown ? keyof Row : never

type FieldOfUnion<Row, Key> = Row extends unknown ? (Key extends keyof Row ? Row[Key] : never) : never

/** Says which names of a value no struct of the column has. */
interface NoSuchField<Names> {
  readonly 'the column has no such field': Names
}

/**
 * Forbids keys that the table has not, and names that a struct in one of its columns has not, which TypeScript by itself
 * allows in the result of a function.
 */
export type NoExtraColumns<Row, T extends Table> = {
  readonly [Key in Exclude<KeysOfUnion<Row>, keyof T['columns']>]: never
} & {
  readonly [Key in keyof T['columns'] as [ExtraOf<Row, T, Key>] extends [never] ? never : Key]: NoSuchField<
    ExtraOf<Row, T, Key>
  >
}

type ExtraOf<Row, T extends Table, Key extends keyof T['columns']> = ExtraNames<
  FieldOfUnion<Row, Key>,
  ValueOf<T['columns'][Key]>
>

/** What a transform gets: the matched event, or the output of the route's schema. */
export type TransformInput<Event, S> = S extends StandardSchema ? SchemaOutput<S> : Event

/** What a transform makes: a row, one with an address of its own, or (with a target to reingest to) a list of them. */
export type RowsOf<Row, T extends Table, Several> =
  | Row
  | RowTo<NoInfer<T>>
  | (Several extends true ? Iterable<Row | RowTo<NoInfer<T>>> : never)

/** Where the events of a matcher go. */
export interface Route<
  Event,
  T extends Table,
  S extends StandardSchema | undefined,
  Op extends Operation,
  Row,
  Other extends Table = never,
  Context = undefined,
  Several = false,
> {
  /** For failures and reports; by default the pattern in words. */
  readonly name?: string
  readonly table: T
  /** Further tables that rows of this route may go to, with `to(table, row)`. */
  readonly tables?: readonly Other[]
  /**
   * Checks the event after the match: "not for this route" and "for this route, but broken" are different outcomes, and
   * this is the second (`SchemaMismatch`). Its output is what the transform gets.
   */
  readonly schema?: S
  /** `insert` unless said; fixed, or computed for each event. Rows made by `to` have their own. */
  readonly operation?: Op | ((event: TransformInput<Event, S>) => OperationOf<T>)
  /**
   * Makes the row, or a list of rows where the router has a target to reingest to. May be asynchronous. The record is there
   * for its id, arrival time and source metadata; the context is what `batchContext` loaded.
   */
  readonly transform: (
    event: TransformInput<Event, S>,
    record: FirehoseRecord,
    context: Context,
  ) => MaybePromise<RowsOf<Row, T | Other, Several>>
  readonly select?: undefined
  /** What an empty list means: `fail` (with `NoRows`, unless said) or `drop`. */
  readonly empty?: Ending
}

/** A route that only picks and renames: a declaration instead of a function. */
export interface SelectRoute<Event, T extends Table, S extends StandardSchema | undefined, Op extends Operation, Sel> {
  /** For failures and reports; by default the pattern in words. */
  readonly name?: string
  readonly table: T
  /** As on a route with a transform; its output is what paths are looked up in. */
  readonly schema?: S
  /** `insert` unless said; fixed, or computed for each event. */
  readonly operation?: Op | ((event: TransformInput<Event, S>) => OperationOf<T>)
  /** For each column a path in the event (`'mail.messageId'`), or what `firstOf`, `constant` and the others make. */
  readonly select: Sel & CheckedSelection<TransformInput<Event, S>, NoInfer<T>, Sel>
  readonly transform?: undefined
}

/** A route without its types, as the runtime sees it. */
export interface AnyRoute {
  readonly name?: unknown
  readonly table?: unknown
  readonly tables?: unknown
  readonly empty?: unknown
  readonly schema?: unknown
  readonly operation?: unknown
  readonly transform?: unknown
  readonly select?: unknown
}

/** What becomes of records without a route of their own. */
export type Ending = 'fail' | 'drop'
