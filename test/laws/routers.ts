import * as fc from 'fast-check'
import {
  createIcebergRouter,
  defineTable,
  type FinishedRouter,
  type FirehoseHandler,
  isIcebergRouterError,
  type RouterOptions,
  t,
} from 'firehose-iceberg-router'
import { CANARY, hostileFunctions, hostileRows, wrappings } from './hostile.ts'

const columns = { id: t.string(), at: t.timestamp(), data: t.nullable(t.json()) }
const plain = defineTable({ name: 'plain', columns })
const keyed = defineTable({ name: 'keyed', columns, uniqueKeys: ['id'] })

/** A router without its types, as in JavaScript: the laws are about what types do not prevent. */
interface UntypedRouter {
  on(matcher: unknown, route: unknown): UntypedRouter
  otherwise(route: unknown): FinishedRouter
  handler(): FirehoseHandler
}

interface Declaration {
  readonly matcher: unknown
  readonly route: unknown
}

/** Builds a router without the routes that it would report, such as unreachable ones. */
export function buildRouter(
  options: RouterOptions,
  declarations: readonly Declaration[],
  ending: unknown,
): FinishedRouter {
  const start = createIcebergRouter(options) as unknown as UntypedRouter
  const router = declarations.reduce((built, { matcher, route }) => {
    const extended = built.on(matcher, route)
    return isSound(extended) ? extended : built
  }, start)
  const finished = router.otherwise(ending)
  return isSound(finished) ? finished : router.otherwise('fail')
}

function isSound(router: Pick<UntypedRouter, 'handler'>): boolean {
  try {
    router.handler()
    return true
  } catch (error) {
    if (isIcebergRouterError(error)) return false
    throw error
  }
}

const FIELDS = ['kind', 'type', 'meta', 'constructor', 'a.b', '__proto__', 'length'] as const
const literals = fc.constantFrom<(string | number | boolean | null)[]>('a', 'b', '', 0, 1, true, null)

/** Patterns with shared and different fields, nested and with alternatives. */
export function patterns(): fc.Arbitrary<object> {
  const { pattern } = fc.letrec<{ pattern: object; field: unknown }>((tie) => ({
    pattern: objects(tie('field'), 1),
    field: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      literals,
      fc.array(literals, { minLength: 1, maxLength: 3 }),
      tie('pattern'),
    ),
  }))
  return pattern
}

/** Events that these patterns may match, each with a canary. */
export function events(): fc.Arbitrary<object> {
  const { event } = fc.letrec<{ event: object; field: unknown }>((tie) => ({
    event: objects(tie('field'), 0),
    field: fc.oneof({ depthSize: 'small' }, literals, literals, fc.array(literals, { maxLength: 2 }), tie('event')),
  }))
  return event.map((fields) => ({ ...fields, secret: CANARY }))
}

function objects(field: fc.Arbitrary<unknown>, minLength: number): fc.Arbitrary<object> {
  const entry = fc.tuple(fc.constantFrom('kind', 'kind', ...FIELDS), field)
  return fc.array(entry, { minLength, maxLength: 3 }).map((entries) => Object.fromEntries(entries))
}

/** Routes of every kind, most of them misbehaving. */
export function declarations(): fc.Arbitrary<Declaration[]> {
  const matcher = fc.oneof(patterns(), predicates(), schemas())
  return fc.array(fc.record({ matcher, route: fc.oneof(endings(), routes(), routes()) }), { maxLength: 4 })
}

/** What a router does with unmatched events. */
export function endings(): fc.Arbitrary<unknown> {
  return fc.oneof(fc.constantFrom('fail', 'drop'), routes())
}

function routes(): fc.Arbitrary<unknown> {
  const operation = mostly(
    fc.constantFrom('insert', 'insert', 'insert', 'update', 'delete'),
    fc.oneof(
      fc.constantFrom('insert', 'upsert', CANARY).map((name) => () => name),
      hostileFunctions(),
    ),
  )
  const model = {
    table: fc.constantFrom(plain, keyed),
    operation,
    schema: schemas(),
    transform: fc.oneof(goodTransforms(), hostileRows(), hostileFunctions()),
  }
  return fc.record(model, { requiredKeys: ['table', 'transform'] })
}

function goodTransforms(): fc.Arbitrary<(event: unknown) => unknown> {
  return wrappings().map((wrap) => (event: unknown) => wrap({ id: 'a', at: '2026-01-01T00:00:00Z', data: event }))
}

function predicates(): fc.Arbitrary<unknown> {
  const honest = fc.tuple(wrappings(), fc.boolean()).map(
    ([wrap, answer]) =>
      () =>
        wrap(answer),
  )
  return mostly(honest, hostileFunctions())
}

/** Standard Schemas that accept, reject, or return malformed issues. */
function schemas(): fc.Arbitrary<object> {
  const segment = fc.oneof(
    fc.constantFrom('mail', 0, CANARY, { key: 'to' }, Symbol('s')),
    fc.constantFrom(null, {}, []),
  )
  const issue = fc.record(
    { message: fc.constant(CANARY), path: fc.array(segment, { maxLength: 3 }) },
    { requiredKeys: [] },
  )
  const issues = fc.oneof(fc.array(issue, { maxLength: 2 }), fc.constantFrom<unknown[]>(CANARY, 1, {}, [null]))
  const result = fc.oneof(
    issues.map((wrong) => () => ({ issues: wrong })),
    fc.constant((value: unknown) => ({ value })),
  )
  const honest = fc.tuple(wrappings(), result).map(
    ([wrap, make]) =>
      (value: unknown) =>
        wrap(make(value)),
  )
  return mostly(honest, hostileFunctions()).map((validate) => ({
    '~standard': { version: 1, vendor: 'laws', validate },
  }))
}

/** The usual case and its exception, weighted so that records often reach later stages. */
function mostly<Value>(rule: fc.Arbitrary<Value>, exception: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: rule }, { weight: 1, arbitrary: exception })
}
