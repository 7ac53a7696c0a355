/** What a pattern compares with: JSON's scalars. */
export type Literal = string | number | boolean | null

/** A pattern for events of which nothing is known. */
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

/** The least that a matched event is known to be. */
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

/** What an event is known to be once a pattern has matched: the members of the union that can match, refined. */
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
  readonly values: readonly Literal[]
}

/** Lays a pattern out as its comparisons, or lists what is wrong with it. */
export function toConstraints(pattern: unknown): { constraints: Constraint[]; problems: string[] } {
  const constraints: Constraint[] = []
  const problems: string[] = []
  collect(pattern, [], constraints, problems)
  return { constraints, problems }
}

function collect(pattern: unknown, path: string[], constraints: Constraint[], problems: string[]): void {
  const where = path.length === 0 ? 'the pattern' : `the pattern at ${path.join('.')}`
  const values: unknown[] = Array.isArray(pattern) ? pattern : [pattern]
  if (values.length > 0 && values.every(isLiteral) && path.length > 0) constraints.push({ path, values })
  else if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) {
    problems.push(
      `${where}: expected ${path.length === 0 ? 'an object' : 'a string, number, boolean, null, a list of them, or an object'}`,
    )
  } else if (Object.keys(pattern).length === 0)
    problems.push(`${where}: expected at least one field; for all events use otherwise()`)
  else for (const [key, inner] of Object.entries(pattern)) collect(inner, [...path, key], constraints, problems)
}

function isLiteral(value: unknown): value is Literal {
  if (typeof value === 'number') return Number.isFinite(value)
  return value === null || typeof value === 'string' || typeof value === 'boolean'
}

/** Reads the value at a path of an event; undefined where there is none. Inherited properties do not count. */
export type Reader = (event: unknown) => unknown

/** Builds the reader of a path once, so that the common case, one plain key, is one property access. */
export function createReader(path: readonly string[]): Reader {
  const [first, ...rest] = path
  if (first === undefined) return (event) => event
  const readFirst = createKeyReader(first)
  if (rest.length === 0) return readFirst
  const readRest = createReader(rest)
  return (event) => readRest(readFirst(event))
}

function createKeyReader(key: string): Reader {
  // Only these names can be found on a JSON value without being its own: {"constructor": ...} must not match the prototype's.
  const inherited = key in Object.prototype
  return (value) => {
    // A list has no keys, only elements: a pattern is about objects.
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    if (inherited && !Object.hasOwn(value, key)) return undefined
    return (value as { readonly [key: string]: unknown })[key]
  }
}

/** Prints a pattern for people: `eventType=Open|Click`. */
export function formatConstraints(constraints: readonly Constraint[]): string {
  return constraints.map(({ path, values }) => `${path.join('.')}=${values.join('|')}`).join(' ')
}
