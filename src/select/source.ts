import type { EpochUnit } from '../table/epoch.ts'

/** Where a column's value comes from: a path in the event, `'mail.messageId'`, or a combinator. */
export type Source = string | Combinator

/** A source that is more than a path of plain keys: a read-only plain object, made by the functions of `s`. */
export type Combinator =
  | PathSource
  | ConstantSource
  | FirstSource
  | DefaultSource
  | JsonSource
  | JoinSource
  | ElementSource
  | MetadataSource
  | EpochSource

/** A path whose keys may hold dots. */
export interface PathSource<Keys extends readonly string[] = readonly string[]> {
  readonly kind: 'path'
  readonly keys: Keys
}

/** The same value for every event. */
export interface ConstantSource<Value = unknown> {
  readonly kind: 'constant'
  readonly value: Value
}

/** The first of several sources that has a value. */
export interface FirstSource<Sources extends readonly Source[] = readonly Source[]> {
  readonly kind: 'first'
  readonly sources: Sources
}

/** A source, and the value to use if it has none. */
export interface DefaultSource<Inner extends Source = Source, Value = unknown> {
  readonly kind: 'default'
  readonly source: Inner
  readonly value: Value
}

/** A source's value, printed as JSON. */
export interface JsonSource<Inner extends Source = Source> {
  readonly kind: 'json'
  readonly source: Inner
}

/** A list of strings, joined to one string. */
export interface JoinSource<Inner extends Source = Source> {
  readonly kind: 'join'
  readonly source: Inner
  readonly separator: string
}

/** Which element of a list is wanted, and which of its fields. */
export interface ElementOptions<Take extends string = string> {
  /** The field that identifies an element. */
  readonly key: string
  /** The value that this field must have. */
  readonly equals: string
  /** Letters A to Z count as a to z. */
  readonly ignoreCase?: boolean
  /** Takes the last of several matching elements; by default the first. */
  readonly last?: boolean
  /** The field of the element to read. */
  readonly take: Take
}

/** A field of one element of a list. */
export interface ElementSource<Inner extends Source = Source, Take extends string = string>
  extends ElementOptions<Take> {
  readonly kind: 'element'
  readonly source: Inner
}

/** A number that is a time, with what it counts. */
export interface EpochSource<Inner extends Source = Source, Unit extends SourceUnit = SourceUnit> {
  readonly kind: 'epoch'
  readonly source: Inner
  readonly unit: Unit
}

/** What a number counts, from 1970 on: `days` for a date column, the others for a timestamp. */
export type SourceUnit = EpochUnit | 'days'

/** A value that Firehose sends with a record. */
export interface MetadataSource<Name extends MetadataName = MetadataName> {
  readonly kind: 'metadata'
  readonly name: Name
}

/** The values that Firehose sends with a record; only records of a Kinesis stream have a partition key. */
export type MetadataName = 'arrivalTime' | 'recordId' | 'partitionKey'

/** A value that a selection may hold directly; building the router fails for a list or an object. */
type Scalar = string | number | boolean

/** A path key by key, for keys that hold dots: `s.path('tags', 'ses.source')`. */
export function path<const Keys extends readonly string[]>(...keys: Keys): PathSource<Keys> {
  return { kind: 'path', keys }
}

/** The same value for every event. */
export function constant<const Value extends Scalar | null>(value: Value): ConstantSource<Value> {
  return { kind: 'constant', value }
}

/** The first of several sources whose value is neither missing nor null. */
export function firstOf<const Sources extends readonly Source[]>(...sources: Sources): FirstSource<Sources> {
  return { kind: 'first', sources }
}

/** A source, and the value to use if it is missing or null. */
export function orElse<const Inner extends Source, const Value extends Scalar>(
  source: Inner,
  value: Value,
): DefaultSource<Inner, Value> {
  return { kind: 'default', source, value }
}

/** A source's value printed as JSON, for a `t.string()` column; a `t.json()` column needs only the path. */
export function jsonText<const Inner extends Source>(source: Inner): JsonSource<Inner> {
  return { kind: 'json', source }
}

/** A list of strings, joined to one string; an empty list counts as missing. */
export function joined<const Inner extends Source>(source: Inner, separator = ', '): JoinSource<Inner> {
  return { kind: 'join', source, separator }
}

/**
 * A field of one element of a list, such as the value of the header named From. Elements that are not objects, and
 * those whose field is missing or null, are skipped.
 */
export function element<const Inner extends Source, const Take extends string>(
  source: Inner,
  options: ElementOptions<Take>,
): ElementSource<Inner, Take> {
  return { kind: 'element', source, ...options }
}

/**
 * A number that is a time, if the column does not state its unit: `s.epoch('created', 'seconds')`. Anything but a number is
 * passed on unchanged.
 */
export function epoch<const Inner extends Source, const Unit extends SourceUnit>(
  source: Inner,
  unit: Unit,
): EpochSource<Inner, Unit> {
  return { kind: 'epoch', source, unit }
}

/** A value that Firehose sends with the record: `arrivalTime` (a Date), `recordId`, or `partitionKey` (of Kinesis sources). */
export function metadata<const Name extends MetadataName>(name: Name): MetadataSource<Name> {
  return { kind: 'metadata', name }
}
