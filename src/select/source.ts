/** Where a column's value comes from: a path in the event, `'mail.messageId'`, or what a combinator makes. */
export type Source = string | Combinator

/** A source that is more than a path of plain keys: a read-only plain object, made by the functions of this page. */
export type Combinator =
  | PathSource
  | ConstantSource
  | FirstSource
  | DefaultSource
  | JsonSource
  | JoinSource
  | ElementSource
  | MetadataSource

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

/** A source, and what stands in where it has no value. */
export interface DefaultSource<Inner extends Source = Source, Value = unknown> {
  readonly kind: 'default'
  readonly source: Inner
  readonly value: Value
}

/** The JSON text of what a source has. */
export interface JsonSource<Inner extends Source = Source> {
  readonly kind: 'json'
  readonly source: Inner
}

/** A list of texts as one. */
export interface JoinSource<Inner extends Source = Source> {
  readonly kind: 'join'
  readonly source: Inner
  readonly separator: string
}

/** Which element of a list is meant, and what of it. */
export interface ElementOptions<Take extends string = string> {
  /** The field that tells elements apart. */
  readonly key: string
  /** What that field has to be. */
  readonly equals: string
  /** Letters A to Z count as a to z. */
  readonly ignoreCase?: boolean
  /** Of several, take the last; otherwise the first. */
  readonly last?: boolean
  /** The field of the element whose value is taken. */
  readonly take: Take
}

/** A field of one element of a list. */
export interface ElementSource<Inner extends Source = Source, Take extends string = string>
  extends ElementOptions<Take> {
  readonly kind: 'element'
  readonly source: Inner
}

/** What Firehose says about the record itself. */
export interface MetadataSource<Name extends MetadataName = MetadataName> {
  readonly kind: 'metadata'
  readonly name: Name
}

/** The names of what Firehose says about a record; only records of a Kinesis stream have a partition key. */
export type MetadataName = 'arrivalTime' | 'recordId' | 'partitionKey'

/** What a selection may hold by itself: a list or an object is refused when the router is built. */
type Scalar = string | number | boolean

/** A path key by key, for keys that hold dots: `path('tags', 'ses.source')`. */
export function path<const Keys extends readonly string[]>(...keys: Keys): PathSource<Keys> {
  return { kind: 'path', keys }
}

/** The same value for every event. */
export function constant<const Value extends Scalar | null>(value: Value): ConstantSource<Value> {
  return { kind: 'constant', value }
}

/** The first of several sources that is neither missing nor null. */
export function firstOf<const Sources extends readonly Source[]>(...sources: Sources): FirstSource<Sources> {
  return { kind: 'first', sources }
}

/** A source, and a value for where it is missing or null. */
export function orElse<const Inner extends Source, const Value extends Scalar>(
  source: Inner,
  value: Value,
): DefaultSource<Inner, Value> {
  return { kind: 'default', source, value }
}

/** What a source has, as JSON text for a `string()` column; a `json()` column needs no more than the path. */
export function jsonText<const Inner extends Source>(source: Inner): JsonSource<Inner> {
  return { kind: 'json', source }
}

/** A list of texts as one text; an empty list counts as missing. */
export function joined<const Inner extends Source>(source: Inner, separator = ', '): JoinSource<Inner> {
  return { kind: 'join', source, separator }
}

/**
 * A field of one element of a list, such as the value of the header named From. Elements that are no objects, and those
 * whose field is missing or null, are passed over.
 */
export function element<const Inner extends Source, const Take extends string>(
  source: Inner,
  options: ElementOptions<Take>,
): ElementSource<Inner, Take> {
  return { kind: 'element', source, ...options }
}

/** What Firehose says about the record: `arrivalTime` (a Date), `recordId`, or `partitionKey` (of Kinesis sources). */
export function metadata<const Name extends MetadataName>(name: Name): MetadataSource<Name> {
  return { kind: 'metadata', name }
}
