import type { ExtraNames, NoSuchColumn } from '../table/extra.ts'
import type { ValueOf } from '../table/row-type.ts'
import type { KeyOf, PartitionOf, Table } from '../table/table.ts'
import type {
  ConstantSource,
  DefaultSource,
  ElementSource,
  EpochSource,
  FirstSource,
  JoinSource,
  JsonSource,
  MetadataSource,
  PathSource,
  Source,
} from './source.ts'

/** The result for a path that the event type does not have. */
interface NoPath {
  readonly 'no such path': never
}

type Missing = null | undefined

/**
 * The type under one key of a value. In a union, members without the key count as undefined if another member has it. `any`
 * is checked first, because it extends everything, `NoPath` included.
 */
type Step<Value, Key extends string> = unknown extends Value
  ? unknown
  : unknown extends StepOf<Value, Key>
    ? unknown
    : [StepOf<Value, Key>] extends [NoPath]
      ? NoPath
      : NoPath extends StepOf<Value, Key>
        ? Exclude<StepOf<Value, Key>, NoPath> | undefined
        : StepOf<Value, Key>

type StepOf<Value, Key extends string> = Value extends Missing
  ? undefined
  : Value extends readonly (infer Item)[]
    ? Key extends `${number}`
      ? Item | undefined
      : NoPath
    : Value extends object
      ? Key extends keyof Value
        ? OfIndex<Value, Key>
        : NoPath
      : NoPath

/** The value of a key: it may be missing if the key comes from an index signature, not if the type names it. */
type OfIndex<Value extends object, Key extends keyof Value> = string extends keyof Value
  ? Value[string & keyof Value] extends Value[Key]
    ? Value[Key] | undefined
    : Value[Key]
  : Value[Key]

type AtKeys<Value, Keys extends readonly string[]> = Keys extends readonly [
  infer Key extends string,
  ...infer Rest extends readonly string[],
]
  ? AtKeys<Step<Value, Key>, Rest>
  : Value

/** The type at a path with dots. */
type At<Value, Path extends string> = string extends Path
  ? unknown
  : Path extends `${infer Key}.${infer Rest}`
    ? At<Step<Value, Key>, Rest>
    : Step<Value, Path>

type First<Event, Sources extends readonly Source[]> = Sources extends readonly [
  infer Head extends Source,
  ...infer Rest extends readonly Source[],
]
  ? [Selected<Event, Head>] extends [NoPath]
    ? NoPath
    : Extract<Selected<Event, Head>, Missing> extends never
      ? Selected<Event, Head>
      : Exclude<Selected<Event, Head>, Missing> | First<Event, Rest>
  : undefined

type Element<List, Take extends string> = unknown extends List
  ? unknown
  : [List] extends [NoPath]
    ? NoPath
    : Exclude<List, Missing> extends readonly (infer Item)[]
      ? [Step<Item, Take>] extends [NoPath]
        ? NoPath
        : Exclude<Step<Item, Take>, Missing> | undefined
      : NoPath

/** A string, or undefined if the value may be missing. */
type Text<Value> = [Value] extends [NoPath]
  ? NoPath
  : unknown extends Value
    ? string | undefined
    : Extract<Value, Missing> extends never
      ? string
      : string | undefined

/** What Firehose says about a record. */
interface Metadata {
  readonly arrivalTime: Date
  readonly recordId: string
  readonly partitionKey: string | undefined
}

/** The type that a source reads from an event; unknown if the type of the source is just `Source`. */
export type Selected<Event, S> = [Source] extends [S] ? unknown : SelectedBy<Event, S>

type SelectedBy<Event, S> = S extends string
  ? At<Event, S>
  : S extends PathSource<infer Keys>
    ? AtKeys<Event, Keys>
    : S extends ConstantSource<infer Value>
      ? Value
      : S extends FirstSource<infer Sources>
        ? First<Event, Sources>
        : S extends DefaultSource<infer Inner, infer Value>
          ? [Selected<Event, Inner>] extends [NoPath]
            ? NoPath
            : Exclude<Selected<Event, Inner>, Missing> | Value
          : S extends JsonSource<infer Inner>
            ? Text<Selected<Event, Inner>>
            : S extends JoinSource<infer Inner>
              ? Joined<Selected<Event, Inner>>
              : S extends ElementSource<infer Inner, infer Take>
                ? Element<Selected<Event, Inner>, Take>
                : S extends MetadataSource<infer Name>
                  ? Metadata[Name]
                  : S extends EpochSource<infer Inner, infer Unit>
                    ? Epoch<Selected<Event, Inner>, Unit>
                    : NoPath

/** A number as a time: a Date for a day, a string for a timestamp. Other values stay as they are. */
type Epoch<Value, Unit> = Value extends number | bigint ? (Unit extends 'days' ? Date : string) : Value

/** The type of a joined list: an empty list counts as missing, null stays null. */
type Joined<Value> = unknown extends Value
  ? string | undefined
  : Exclude<Value, Missing> extends readonly string[]
    ? string | undefined | Extract<Value, null>
    : NoPath

/**
 * Whether a column accepts the type that a source reads. `null` is not the same as missing: a nullable column accepts both, a
 * default replaces only a missing value.
 */
type Fits<Found, Value> = [Found] extends [NoPath]
  ? false
  : unknown extends Found | Value
    ? true
    : [Exclude<Found, undefined>] extends [Value]
      ? Extract<Found, Missing> extends never
        ? HasNoExtraNames<Found, Value>
        : Extract<Value, Missing> extends never
          ? false
          : HasNoExtraNames<Found, Value>
      : false

/**
 * Whether structs of the column have all names of the value; the result of a transform is checked in the same way. The value
 * is inferred once more because TypeScript, when it compares two routers, would otherwise expand `ExtraNames` too early.
 */
type HasNoExtraNames<Found, Value> = Found extends infer Given
  ? [ExtraNames<Given, Value>] extends [never]
    ? true
    : false
  : false

/** The compile error for a value that the column does not accept. */
interface DoesNotFit<Found> {
  readonly 'the column does not take this source': Found
}

/** The compile error for a path that is not in the event. */
interface NotInEvent<Path> {
  readonly 'the event has no such path': Path
}

/** The names of the columns that need a source: all without a default; for a `delete`, the key and partition columns. */
type NeededNames<T extends Table, Op> = [Op] extends ['delete']
  ? KeyOf<T> | PartitionOf<T>
  : {
      readonly [Name in keyof T['columns']]: undefined extends ValueOf<T['columns'][Name]> ? never : Name
    }[keyof T['columns']]

/**
 * The type of a valid selection for an event and a table: every column has a source, every source belongs to a column, and
 * the column accepts what the source reads. A wrong source is reported at its own place. If the table's type is unknown,
 * nothing is checked.
 */
export type CheckedSelection<Event, T extends Table, Sel, Op = 'insert'> = {
  readonly [Name in keyof Sel]: Name extends keyof T['columns']
    ? CheckedSource<Selected<Event, Sel[Name]>, ValueOf<T['columns'][Name]>, Sel[Name]>
    : NoSuchColumn<Name>
} & { readonly [Name in Exclude<NeededNames<T, Op>, keyof Sel>]: Source }

type CheckedSource<Found, Value, S> =
  Fits<Found, Value> extends true ? S : [Found] extends [NoPath] ? NotInEvent<S> : DoesNotFit<Found>
