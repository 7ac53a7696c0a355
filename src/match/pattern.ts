import { isObject, quote } from '../options.ts'

/** A value that a pattern compares with: one of JSON's scalars. */
export type Literal = string | number | boolean | null

/** A pattern for events of an unknown type. */
export interface AnyPattern {
  readonly [key: string]: Literal | readonly Literal[] | AnyPattern
}

type LiteralPattern<L> = [L] extends [never] ? never : L | readonly L[]

type KeyOfUnion<O> = O extends object ? keyof O : never

type FieldOfUnion<O, Key> = O extends object ? (Key extends keyof O ? O[Key] : never) : never

/** The fields of all members of a union side by side, so that alternatives may span members. */
type ObjectPattern<O> = [O] extends [never]
  ? never
  : { readonly [Key in KeyOfUnion<O>]?: FieldPattern<FieldOfUnion<O, Key>> }

type FieldPattern<Field> = unknown extends Field
  ? Literal | readonly Literal[] | AnyPattern
  : LiteralPattern<Extract<Field, Literal>> | ObjectPattern<Exclude<Field, Literal | undefined | readonly unknown[]>>

/** A literal pattern for an event: the values that fields must have, nested as the event is, alternatives in a list. */
export type Pattern<Event> = unknown extends Event ? AnyPattern : ObjectPattern<Event>

/** The type that every matched event has at least. */
export type Shape<P> = P extends Literal
  ? P
  : P extends readonly (infer Alternative)[]
    ? Alternative
    : { readonly [Key in keyof P]: Shape<P[Key]> }

type Overlaps<Value, P> = P extends Literal | readonly unknown[]
  ? [Value & Shape<P>] extends [never]
    ? false
    : true
  : unknown extends Value
    ? true
    : Value extends object
      ? false extends {
          [Key in keyof P]: Key extends keyof Value ? AnyTrue<Overlaps<Value[Key], P[Key]>> : false
        }[keyof P]
        ? false
        : true
      : false

type AnyTrue<B> = true extends B ? true : false

/** The type of an event after a pattern has matched: the members of the union that can match, refined. */
export type Narrow<Event, P> = Event extends unknown
  ? AnyTrue<Overlaps<Event, P>> extends true
    ? Event extends Shape<P>
      ? Event
      : Event & Shape<P>
    : never
  : never

/** One comparison of a pattern: the value at a path has to be one of these. */
export interface Constraint {
  readonly path: readonly string[]
  /** The path as the key of a map; joining with dots would confuse `a.b` with `a` → `b`. */
  readonly key: string
  readonly read: Reader
  readonly values: readonly Literal[]
}

/** A pattern as its comparisons, and what is wrong with it. */
export interface Constraints {
  readonly constraints: readonly Constraint[]
  readonly problems: readonly string[]
}

/** Turns a pattern into its comparisons, and lists what is wrong with it. */
export function toConstraints(pattern: unknown): Constraints {
  const result = { constraints: [], problems: [] }
  collect(pattern, [], result)
  return result
}

function collect(
  pattern: unknown,
  path: readonly string[],
  result: { readonly constraints: Constraint[]; readonly problems: string[] },
): void {
  const isTop = path.length === 0
  const values: readonly unknown[] = Array.isArray(pattern) ? pattern : [pattern]
  if (!isTop && values.length > 0 && values.every(isLiteral)) {
    result.constraints.push({ path, key: JSON.stringify(path), read: createReader(path), values })
    return
  }
  const entries = isPlainObject(pattern) ? Object.entries(pattern) : undefined
  for (const [key, inner] of entries ?? []) collect(inner, [...path, key], result)
  if (entries !== undefined && entries.length > 0) return
  const fields = isTop ? 'an object' : 'a string, number, boolean, null, a list of them, or an object'
  const expected = entries === undefined ? fields : 'at least one field; use otherwise() for all events'
  const got = entries === undefined ? `, got ${gotFor(pattern)}` : ''
  result.problems.push(`the pattern${isTop ? '' : ` at ${path.join('.')}`}: expected ${expected}${got}`)
}

/** An object of another class, such as a RegExp, has no fields that an event could be compared with. */
function isPlainObject(value: unknown): value is { readonly [key: string]: unknown } {
  if (!isObject(value) || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function gotFor(value: unknown): string {
  if (value instanceof RegExp) return 'a RegExp; use a predicate: (event) => /…/.test(event.field)'
  return typeof value === 'function' ? 'a function; a predicate takes the whole event' : quote(value)
}

function isLiteral(value: unknown): value is Literal {
  if (typeof value === 'number') return Number.isFinite(value)
  return value === null || typeof value === 'string' || typeof value === 'boolean'
}

/** Reads the value at a path of an event; undefined if there is none. Inherited properties do not count. */
export type Reader = (event: unknown) => unknown

/** Builds the reader of a path once, so that a path of one key, the common case, is one property access. */
function createReader(path: readonly string[]): Reader {
  return path.map(createKeyReader).reduce((outer, inner) => (event) => inner(outer(event)))
}

function createKeyReader(key: string): Reader {
  // Only these names can be inherited by a JSON value: {"constructor": ...} must not match the prototype's.
  const inherited = key in Object.prototype
  return (value) => {
    // A pattern describes objects; an array has elements, not keys.
    if (!isObject(value) || Array.isArray(value) || (inherited && !Object.hasOwn(value, key))) return undefined
    return value[key]
  }
}

/** Prints a pattern for people: `eventType=Open|Click`. */
export function formatConstraints(constraints: readonly Constraint[]): string {
  return constraints.map(({ path, values }) => `${path.join('.')}=${values.join('|')}`).join(' ')
}
