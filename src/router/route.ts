import type { FirehoseRecord } from '../firehose/event.ts'
import type { Operation } from '../firehose/response.ts'
import type { MaybePromise } from '../promise.ts'
import type { Selection } from '../select/compile-selection.ts'
import type { SchemaOutput, StandardSchema } from '../standard-schema.ts'
import type { ExtraNames, NoSuchColumn } from '../table/extra.ts'
import type { ValueOf } from '../table/row-type.ts'
import type { KeyOf, PartitionOf, RowOf, Table } from '../table/table.ts'

/** The operations a table allows: without unique keys there is nothing to update or delete by. */
export type OperationOf<T extends Table> = [KeyOf<T>] extends [never] ? 'insert' : Operation

/** The reason in the compiler's message where a table without keys has another operation than `insert`. */
export type OperationHint<T extends Table> = [KeyOf<T>] extends [never]
  ? { readonly 'update and delete need uniqueKeys in defineTable()': never }
  : never

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

/** The error of the compiler for a list of rows from a router that has no target to put the further rows back with. */
interface SeveralRowsNeed<Option> {
  readonly 'a list of rows needs an option of createIcebergRouter()': Option
}

/**
 * Forbids keys that the table does not have, and names that a struct in one of its columns does not have: TypeScript allows
 * both in the result of a function. The name of a wrong key is in the compiler's message.
 */
export type NoExtraColumns<Row, T extends Table> = {
  readonly [Key in Exclude<KeysOfUnion<Row>, keyof T['columns']> as ReportedKey<Row, Key>]: Key extends IteratorKey
    ? SeveralRowsNeed<'reingest'>
    : WrongColumn<FieldOfUnion<Row, Key>, Key>
} & {
  readonly [Key in keyof T['columns'] as [ExtraOf<Row, T, Key>] extends [never] ? never : Key]: NoSuchField<
    ExtraOf<Row, T, Key>
  >
}

type IteratorKey = typeof Symbol.iterator

/** Of a list the one key that says that it is a list: `length` and `map` would hide the reason. */
type ReportedKey<Row, Key> = Row extends Iterable<unknown> ? Extract<Key, IteratorKey> : Key

/** What no value fits: `any` fits everything but `never`. */
type WrongColumn<Value, Name> = 0 extends 1 & Value ? never : NoSuchColumn<Name>

type ExtraOf<Row, T extends Table, Key extends keyof T['columns']> = ExtraNames<
  FieldOfUnion<Row, Key>,
  ValueOf<T['columns'][Key]>
>

/**
 * What a transform gets: the matched event, or the output of the route's schema. The tuples keep the event while the compiler
 * has not inferred a schema yet and S is never.
 */
export type TransformInput<Event, S> = [S] extends [undefined]
  ? Event
  : S extends StandardSchema
    ? SchemaOutput<S>
    : Event

/** A row with an address: another table than its route's, or another operation. `rowTo()` makes it. */
export interface RowTo<T extends Table = Table> {
  readonly table: T
  readonly row: unknown
  readonly operation: Operation
}

/** What a transform returns: a row, a row with `rowTo`, or a list of them (only with a reingestion target). */
export type RowsOf<Row, T extends Table, Several> =
  | Row
  | RowTo<NoInfer<T>>
  | (Several extends true ? Iterable<Row | RowTo<NoInfer<T>>> : never)

/**
 * A transform that is data: a source for each column, made by `select()`. It carries its selection, so that a router can
 * check it, export it, and run it with the compiled engine.
 */
export interface SelectTransform<Event, T extends Table = Table, Op extends Operation = Operation, Context = unknown> {
  /**
   * Makes the row of an event. Its type is `never`, so that the compiler takes a function beside it for the other kind of
   * transform, and infers the function's parameters and row.
   */
  (event: Event, record: FirehoseRecord, context: Context): never
  /** The sources by column, as they were written. */
  readonly selection: Selection
  /** The router's part of it, which comes with it so that a router without `select` does not carry the compiled engine. */
  readonly '~select': unknown
  /** Only in the types: what it was checked for. */
  readonly '~event'?: (event: Event) => void
  readonly '~table'?: T
  readonly '~operation'?: Op
}

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
  /** Further tables that rows of this route may go to, with `rowTo(table, row)`. */
  readonly tables?: readonly Other[]
  /**
   * Checks the event after the match: "not for this route" and "for this route, but broken" are different outcomes, and
   * this is the second (`SchemaMismatch`). Its output is what the transform gets.
   */
  readonly schema?: S
  /** `insert` by default; fixed, or computed for each event. Rows made by `rowTo` have their own. */
  readonly operation?: Op | ((event: TransformInput<Event, S>) => OperationOf<T>) | OperationHint<T>
  /**
   * Makes the row: a function, or `select({ … })` for a row that only picks and renames. With a reingestion target a function
   * may return a list of rows. It may be asynchronous. The record is there for its id, arrival time and source metadata; the
   * context is what `batchContext` loaded.
   */
  readonly transform:
    | ((
        event: TransformInput<Event, S>,
        record: FirehoseRecord,
        context: Context,
      ) => MaybePromise<RowsOf<Row, T | Other, Several>>)
    | SelectTransform<TransformInput<Event, S>, T, Op, Context>
  /** What an empty list means: `fail` (with `NoRows`, the default) or `drop`. */
  readonly empty?: Disposition
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
}

/** What happens to records without a row: they go to the error output, or disappear. */
export type Disposition = 'fail' | 'drop'
