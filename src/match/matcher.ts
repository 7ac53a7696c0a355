import type { JsonObject } from '../firehose/decode.ts'
import { isObject } from '../options.ts'
import { andThen, type MaybePromise } from '../promise.ts'
import { isStandardSchema, type SchemaOutput, type StandardSchema } from '../standard-schema.ts'
import { observePromises } from '../unawaited.ts'
import { foreignSchemaProblem } from './foreign-schema.ts'
import {
  type Constraint,
  formatConstraints,
  type Literal,
  type Narrow,
  type Pattern,
  type Shape,
  toConstraints,
} from './pattern.ts'

/** Which events a route takes: a literal pattern, a predicate or type guard, or a Standard Schema. */
export type Matcher<Event> = Pattern<Event> | ((event: Event) => MaybePromise<boolean>) | StandardSchema

/** A type guard over any event: written as a method, so that its parameter may be narrower than unknown. */
type Guard<Guarded> = { is(event: unknown): event is Guarded }['is']

/** What the transform of a route gets: the narrowed event, or the schema's output. */
export type Matched<Event, M> = M extends StandardSchema
  ? SchemaOutput<M>
  : M extends Guard<infer Guarded>
    ? Event extends Guarded
      ? Event
      : Extract<Event, Guarded> extends never
        ? Event & Guarded
        : Extract<Event, Guarded>
    : M extends (event: never) => unknown
      ? Event
      : Narrow<Event, M>

/** The members of a union that still have no route after this one. A predicate or a schema may reject any event. */
export type Unmatched<Remaining, M> = M extends StandardSchema
  ? Remaining
  : M extends Guard<infer Guarded>
    ? Exclude<Remaining, Guarded>
    : M extends (event: never) => unknown
      ? Remaining
      : Exclude<Remaining, Shape<M>>

/** The result of a matcher that does not match. A symbol, because any value may be an event; all copies of the package share it. */
export const NO_MATCH: unique symbol = Symbol.for('firehose-iceberg-router.no-match') as never

/**
 * The result of a predicate that returned an object, such as the whole result of `safeParse`: it would match every event.
 * Arrays count as objects; other values count as true or false.
 */
export const INVALID_ANSWER: unique symbol = Symbol.for('firehose-iceberg-router.invalid-answer') as never

/** A matcher, ready to run. */
export interface CompiledMatcher {
  /** The matcher's name in failures and reports. */
  readonly label: string
  /** All comparisons of a pattern; empty for a predicate or a schema. */
  readonly constraints: readonly Constraint[]
  /** Returns the event to continue with, `NO_MATCH` or `INVALID_ANSWER`. Throws or rejects if the user's code does. */
  readonly match: (event: JsonObject) => MaybePromise<unknown>
  readonly problems: readonly string[]
}

/** Compiles a matcher of any kind. */
export function compileMatcher(matcher: unknown): CompiledMatcher {
  if (isStandardSchema(matcher)) return compileSchema(matcher)
  const problem = foreignSchemaProblem(matcher, 'matcher')
  if (problem !== undefined) return { label: 'schema', constraints: [], match: () => NO_MATCH, problems: [problem] }
  if (typeof matcher === 'function') return compilePredicate(matcher as (event: JsonObject) => unknown)
  return compilePattern(matcher)
}

function compilePattern(pattern: unknown): CompiledMatcher {
  const { constraints, problems } = toConstraints(pattern)
  const match = (event: JsonObject): unknown => {
    for (const { read, values } of constraints) if (!values.includes(read(event) as Literal)) return NO_MATCH
    return event
  }
  return { label: formatConstraints(constraints), constraints, match, problems }
}

function compilePredicate(predicate: (event: JsonObject) => unknown): CompiledMatcher {
  const match = (event: JsonObject): MaybePromise<unknown> =>
    andThen(predicate(event), (answer) => {
      if (!isObject(answer) && typeof answer !== 'function') return answer ? event : NO_MATCH
      observePromises(answer)
      return INVALID_ANSWER
    })
  return { label: predicate.name || 'predicate', constraints: [], match, problems: [] }
}

function compileSchema(schema: StandardSchema): CompiledMatcher {
  const { validate, vendor } = schema['~standard']
  const match = (event: JsonObject): MaybePromise<unknown> =>
    andThen(validate(event), (result) => (result.issues ? NO_MATCH : result.value))
  return { label: `${vendor} schema`, constraints: [], match, problems: [] }
}
