import { type } from 'arktype'
import type { FirehoseTransformationEvent as AwsEvent, Handler } from 'aws-lambda'
import {
  createIcebergRouter,
  deadLetterTable,
  defineTable,
  type FirehoseTransformationResponse,
  type ReingestTarget,
  rowTo,
  t,
} from 'firehose-iceberg-router'
import { reingestTarget } from 'firehose-iceberg-router/reingest'
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import * as z from 'zod'

interface Send {
  eventType: 'Send'
  mail: { messageId: string; kind?: 'bulk' | 'single' }
}
interface Open {
  eventType: 'Open'
  open: { ipAddress: string; timestamp: string }
}
interface Click {
  eventType: 'Click'
  click: { link: string }
}
type Event = Send | Open | Click

const log = defineTable({ name: 'log', columns: { id: t.string(), count: t.nullable(t.int()), at: t.timestamp() } })
const keyed = defineTable({ name: 'keyed', columns: { id: t.string(), count: t.int() }, uniqueKeys: ['id'] })
const router = createIcebergRouter<Event>({ database: 'db' })
const row = { id: 'a', count: null, at: new Date() }

// A pattern narrows the union, nested and with alternatives.
router.on(
  { eventType: 'Send' },
  {
    table: log,
    transform: (event, record) => {
      expectTypeOf(event).toEqualTypeOf<Send>()
      expectTypeOf(record.recordId).toEqualTypeOf<string>()
      return { id: event.mail.messageId, count: null, at: new Date() }
    },
  },
)
router.on(
  { eventType: ['Open', 'Click'] },
  {
    table: log,
    transform: (event) => {
      expectTypeOf(event).toEqualTypeOf<Open | Click>()
      return row
    },
  },
)
router.on(
  { mail: { kind: 'bulk' } },
  {
    table: log,
    transform: (event) => {
      expectTypeOf(event.mail.kind).toEqualTypeOf<'bulk'>()
      expectTypeOf(event.eventType).toEqualTypeOf<'Send'>()
      return row
    },
  },
)

// A type guard narrows, a predicate does not; both get the typed event.
router.on((event): event is Open => event.eventType === 'Open', {
  table: log,
  transform: (event) => {
    expectTypeOf(event).toEqualTypeOf<Open>()
    return row
  },
})
router.on(async (event) => event.eventType.length > 4, {
  table: log,
  transform: (event) => {
    expectTypeOf(event).toEqualTypeOf<Event>()
    return row
  },
})

// A schema as a matcher or on the route: the transform gets its output.
const zodSchema = z.object({ eventType: z.literal('Send'), n: z.string().transform(Number) })
const valibotSchema = v.object({ eventType: v.literal('Send'), n: v.pipe(v.string(), v.transform(Number)) })
const arkSchema = type({ eventType: "'Send'", n: 'string.numeric.parse' })
for (const schema of [zodSchema, valibotSchema] as const) {
  router.on(schema, {
    table: log,
    transform: (event) => {
      expectTypeOf(event.n).toEqualTypeOf<number>()
      return row
    },
  })
}
router.on(arkSchema, {
  table: log,
  transform: (event) => {
    expectTypeOf(event).toEqualTypeOf<{ eventType: 'Send'; n: number }>()
    return row
  },
})
router.on(
  { eventType: 'Send' },
  {
    schema: zodSchema,
    table: log,
    operation: (event) => {
      expectTypeOf(event.n).toEqualTypeOf<number>()
      return 'insert'
    },
    transform: async (event) => {
      expectTypeOf(event).toEqualTypeOf<{ eventType: 'Send'; n: number }>()
      return row
    },
  },
)

// Code that must not compile.
// @ts-expect-error misspelt discriminant
router.on({ eventType: 'Sned' }, 'drop')
// @ts-expect-error an unknown field
router.on({ eventTyp: 'Send' }, 'drop')
// @ts-expect-error neither a route nor a disposition
router.on({ eventType: 'Send' }, 'ignore')
// @ts-expect-error extra column
router.on({ eventType: 'Send' }, { table: log, transform: () => ({ id: 'a', count: null, at: new Date(), extra: 1 }) })
// @ts-expect-error extra column, asynchronous
router.on({ eventType: 'Send' }, { table: log, transform: async () => ({ id: 'a', count: 1, at: 'x', extra: 1 }) })
// @ts-expect-error missing column
router.on({ eventType: 'Send' }, { table: log, transform: () => ({ id: 'a', at: new Date() }) })
// @ts-expect-error wrong column type
router.on({ eventType: 'Send' }, { table: log, transform: () => ({ id: 1, count: null, at: new Date() }) })
// @ts-expect-error null in a column that is not nullable
router.on({ eventType: 'Send' }, { table: log, transform: () => ({ id: null, count: null, at: new Date() }) })
// @ts-expect-error update without keys
router.on({ eventType: 'Send' }, { table: log, operation: 'update', transform: () => row })
// @ts-expect-error computed update without keys
router.on({ eventType: 'Send' }, { table: log, operation: () => 'update', transform: () => row })
// @ts-expect-error an unknown operation
router.on({ eventType: 'Send' }, { table: keyed, operation: 'upsert', transform: () => ({ id: 'a', count: 1 }) })
// @ts-expect-error a field that the narrowed event does not have
router.on({ eventType: 'Send' }, { table: log, transform: (event) => ({ ...row, id: event.open.ipAddress }) })

// With keys all operations are allowed, fixed or computed; a delete needs only its keys.
router.on({ eventType: 'Send' }, { table: keyed, operation: 'update', transform: () => ({ id: 'a', count: 1 }) })
router.on({ eventType: 'Send' }, { table: keyed, operation: 'delete', transform: () => ({ id: 'a' }) })
router.on(
  { eventType: 'Send' },
  {
    table: keyed,
    operation: (event) => (event.mail.kind === 'bulk' ? 'delete' : 'insert'),
    transform: (event) => ({ id: event.mail.messageId, count: 1 }),
  },
)
// @ts-expect-error an update needs every column
router.on({ eventType: 'Send' }, { table: keyed, operation: 'update', transform: () => ({ id: 'a' }) })

// A union is exhausted when every member has a route.
const partial = router.on({ eventType: 'Send' }, 'drop').on({ eventType: 'Open' }, 'drop')
// @ts-expect-error Click has no route
partial.exhaustive()
expectTypeOf(partial.exhaustive).toHaveProperty('these events have no route').toEqualTypeOf<Click>()
partial.on({ eventType: 'Click' }, 'drop').exhaustive()
partial.on((event): event is Click => event.eventType === 'Click', 'drop').exhaustive()
// @ts-expect-error a pattern on something else does not exhaust the member
partial.on({ click: { link: 'x' } }, 'drop').exhaustive()

// Without an event type any pattern is allowed, and its literals are known.
createIcebergRouter({ database: 'db' }).on(
  { detail: { type: ['a', 'b'] } },
  {
    table: log,
    transform: (event) => {
      expectTypeOf(event.detail.type).toEqualTypeOf<'a' | 'b'>()
      return row
    },
  },
)

// Several rows need a reingest target: as a list, a generator, asynchronous, and for other tables.
const several = createIcebergRouter<Event>({ database: 'db', reingest: {} as ReingestTarget })
// A target or a dead-letter table must come from its function, which brings the code that the router needs.
createIcebergRouter({
  database: 'db',
  reingest: reingestTarget({ put: async () => [] }),
  deadLetter: deadLetterTable(),
})
createIcebergRouter({ database: 'db', deadLetter: { table: deadLetterTable('bad'), maxPayloadBytes: 10 } })
// @ts-expect-error an object with put is not a target
createIcebergRouter({ database: 'db', reingest: { kind: 'reingest', put: async () => [] } })
// @ts-expect-error true is not a dead-letter table
createIcebergRouter({ database: 'db', deadLetter: true })
// @ts-expect-error a plain table is not a dead-letter table
createIcebergRouter({ database: 'db', deadLetter: log })
// @ts-expect-error an unknown option
reingestTarget({ put: async () => [], secret: 'x' })
// @ts-expect-error several rows without a target
router.on({ eventType: 'Send' }, { table: log, transform: () => [row, row] })
// @ts-expect-error several rows without a target, asynchronous
router.on({ eventType: 'Send' }, { table: log, transform: async () => [row] })
several.on({ eventType: 'Send' }, { table: log, transform: (event) => [{ ...row, id: event.mail.messageId }, row] })
several.on({ eventType: 'Send' }, { table: log, transform: async () => [row, row] })
several.on({ eventType: 'Send' }, { table: log, empty: 'drop', transform: () => row })
several.otherwise({
  table: log,
  *transform(event) {
    yield { ...row, id: event.eventType }
    yield row
  },
})
several.on(
  { eventType: 'Send' },
  {
    table: log,
    tables: [keyed],
    transform: () => [row, rowTo(keyed, { id: 'a', count: 1 }), rowTo(keyed, { id: 'a' }, 'delete')],
  },
)
// @ts-expect-error an extra column in one of the rows
several.on({ eventType: 'Send' }, { table: log, transform: () => [row, { ...row, extra: 1 }] })
// @ts-expect-error a missing column in one of the rows
several.on({ eventType: 'Send' }, { table: log, transform: () => [row, { id: 'a' }] })
// @ts-expect-error a table that the route does not name
several.on({ eventType: 'Send' }, { table: log, transform: () => [row, rowTo(keyed, { id: 'a', count: 1 })] })

// One row with an address needs no target.
router.on({ eventType: 'Send' }, { table: log, tables: [keyed], transform: () => rowTo(keyed, { id: 'a', count: 1 }) })
// @ts-expect-error a wrong column
rowTo(keyed, { id: 1, count: 1 })
// @ts-expect-error an extra column
rowTo(keyed, { id: 'a', count: 1, extra: 1 })
// @ts-expect-error an update without keys
rowTo(log, row, 'update')
// @ts-expect-error an update needs every column
rowTo(keyed, { id: 'a' }, 'update')

// The result of batchContext is the third parameter of the transforms.
const enriched = router.batchContext(async (events) => {
  expectTypeOf(events).toEqualTypeOf<readonly Event[]>()
  return new Map(events.map((event) => [event.eventType, 1] as const))
})
enriched
  .on(
    { eventType: 'Send' },
    {
      table: log,
      transform: (_event, _record, context) => {
        expectTypeOf(context).toEqualTypeOf<Map<Event['eventType'], 1>>()
        return row
      },
    },
  )
  .otherwise({
    table: log,
    transform: (event, _record, context) => ({ ...row, count: context.get(event.eventType) ?? null }),
  })
router.on(
  { eventType: 'Send' },
  {
    table: log,
    transform: (_event, _record, context) => {
      expectTypeOf(context).toEqualTypeOf<undefined>()
      return row
    },
  },
)

// The handler accepts the event type of @types/aws-lambda, and is assignable to the handler type of that package.
const handler = router.otherwise('drop').handler()
expectTypeOf(handler).toBeCallableWith({} as AwsEvent)
const typed: Handler<AwsEvent, FirehoseTransformationResponse> = handler
void typed
