import { type } from 'arktype'
import {
  createIcebergRouter,
  defineTable,
  type FirehoseRecord,
  type FirehoseTransformationEvent,
  type Outcome,
  t,
} from 'firehose-iceberg-router'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { eventOf, rowsOf, SOURCES } from '../support/events.ts'
import { useFreshModules } from '../support/fresh-modules.ts'

const sends = defineTable({ name: 'sends', columns: { id: t.string() } })
const opens = defineTable({ name: 'opens', columns: { id: t.string() }, uniqueKeys: ['id'] })
const silent = { database: 'db', onBatch: () => undefined }

/** What became of each payload, in short: table and operation, `dropped`, or the failure's code and path. */
function short(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => {
    if (outcome.status === 'delivered') return `${outcome.table} ${outcome.operation}`
    if (outcome.status !== 'failed') return outcome.status
    return [outcome.failure.code, outcome.failure.path].filter(Boolean).join(' ')
  })
}

describe('a table from another copy of the package', () => {
  useFreshModules()

  it('has its rows refused one by one', async () => {
    const other: typeof import('firehose-iceberg-router') = await import('firehose-iceberg-router')
    expect(other.defineTable).not.toBe(defineTable)
    const table = other.defineTable({ name: 'points', columns: { n: other.t.int() } })
    const router = createIcebergRouter(silent).otherwise({ table, transform: (row) => row as { n: number } })
    const { outcomes, report } = await router.runBatch(eventOf([{ n: 1 }, { n: 'x' }, { n: 3 }]))
    expect(short(outcomes)).toEqual(['points insert', 'WrongType n', 'points insert'])
    expect(report.responseBytes).toBeGreaterThan(0)
  })
})

describe('a router', () => {
  const router = createIcebergRouter(silent)
    .on({ type: 'send' }, { table: sends, transform: ({ id }) => ({ id: String(id) }) })
    .on(
      { type: ['open', 'click'], detail: { bot: false } },
      { table: opens, operation: 'update', transform: ({ id }) => ({ id: String(id) }) },
    )
    .on({ type: 'heartbeat' }, 'drop')
    .on((event) => event['type'] === 'legacy', 'fail')

  it.each(SOURCES)('answers every record in order, whatever it is (%s)', async (source) => {
    const event = eventOf(
      [
        { type: 'send', id: 1 },
        'garbage',
        { type: 'open', id: 2, detail: { bot: false } },
        { type: 'heartbeat' },
        { type: 'open' },
        { type: 'legacy' },
      ],
      source,
    )
    const { outcomes, response, report } = await router.runBatch(event)
    expect(short(outcomes)).toEqual(['sends insert', 'InvalidJson', 'opens update', 'dropped', 'NoRoute', 'RouteFails'])
    expect(response.records.map(({ recordId }) => recordId)).toEqual(event.records.map(({ recordId }) => recordId))
    expect(rowsOf(response)).toEqual([{ id: '1' }, undefined, { id: '2' }, undefined, undefined, undefined])
    expect(report).toMatchObject({ records: 6, delivered: 2, dropped: 1, failed: 3 })
    expect(report.responseBytes).toBe(Buffer.byteLength(JSON.stringify(response)))
  })

  it.each([
    ['direct-put', 'data'],
    ['kinesis', 'data'],
    ['msk', 'kafkaRecordValue'],
  ] as const)('answers a %s record under %s', async (source, key) => {
    const { response } = await router.runBatch(eventOf([{ type: 'send', id: 1 }, 'garbage'], source))
    expect(response.records.map((record) => Object.keys(record))).toEqual([
      ['recordId', 'result', key, 'metadata'],
      ['recordId', 'result', key],
    ])
  })

  it('says where a row goes', async () => {
    const { response } = await router.runBatch(eventOf([{ type: 'send', id: 1 }]))
    expect(response.records[0]).toMatchObject({
      result: 'Ok',
      metadata: { otfMetadata: { destinationDatabaseName: 'db', destinationTableName: 'sends', operation: 'insert' } },
    })
  })

  it('leaves the operation out for an append-only stream', async () => {
    const appendOnly = createIcebergRouter({ ...silent, appendOnly: true }).otherwise({
      table: sends,
      transform: () => ({ id: 'a' }),
    })
    const { response } = await appendOnly.runBatch(eventOf([{}]))
    expect(response.records[0]).toMatchObject({
      metadata: { otfMetadata: { destinationDatabaseName: 'db', destinationTableName: 'sends' } },
    })
    expect(JSON.stringify(response)).not.toContain('operation')
  })

  it('gives an empty answer to an empty batch', async () => {
    expect((await router.runBatch(eventOf([]))).response).toEqual({ records: [] })
  })

  it('is a Lambda handler that knows its tables', async () => {
    const handler = router.handler()
    expect(await handler(eventOf([{ type: 'heartbeat' }]), {})).toMatchObject({ records: [{ result: 'Dropped' }] })
    expect(handler.database).toBe('db')
    expect(handler.tables).toEqual([sends, opens])
  })

  it.each([undefined, {}, { records: 'none' }, { records: [{}] }, { records: [null] }, { records: new Array(1) }])(
    'rejects %j, which Firehose never sends',
    async (event) => {
      await expect(router.runBatch(event as unknown as FirehoseTransformationEvent)).rejects.toMatchObject({
        code: 'InvalidEvent',
      })
    },
  )
})

describe('otherwise', () => {
  it.each([
    ['fail', 'NoRoute'],
    ['drop', 'dropped'],
    [{ table: sends, transform: () => ({ id: 'rest' }) }, 'sends insert'],
  ] as const)('%j gives %s', async (ending, expected) => {
    const { outcomes } = await createIcebergRouter(silent)
      .otherwise(ending)
      .runBatch(eventOf([{ any: 1 }]))
    expect(short(outcomes)).toEqual([expected])
  })
})

describe('a route that fails', () => {
  const boom = (): never => {
    throw new TypeError('secret')
  }
  const cases: [
    string,
    Outcome['status'] | string,
    (on: ReturnType<typeof createIcebergRouter>) => { runBatch: typeof router.runBatch },
  ][] = [
    ['MatcherThrew', 'a TypeError', (on) => on.on(boom, 'drop')],
    ['MatcherThrew', 'a string', (on) => on.on(async () => Promise.reject('secret'), 'drop')],
    ['TransformThrew', 'a TypeError', (on) => on.otherwise({ table: sends, transform: boom })],
    [
      'TransformThrew',
      'undefined',
      (on) => on.otherwise({ table: sends, transform: async () => Promise.reject(undefined) }),
    ],
    [
      'OperationThrew',
      'a TypeError',
      (on) => on.otherwise({ table: opens, operation: boom, transform: () => ({ id: 'a' }) }),
    ],
    [
      'InvalidOperation',
      'got a string',
      (on) => on.otherwise({ table: opens, operation: () => 'upsert' as 'update', transform: () => ({ id: 'a' }) }),
    ],
    [
      'InvalidOperation',
      'needs unique keys',
      (on) => on.otherwise({ table: sends, operation: () => 'delete' as 'insert', transform: () => ({ id: 'a' }) }),
    ],
    [
      'SchemaThrew',
      'an Error',
      (on) =>
        on.otherwise({
          table: sends,
          schema: z
            .string()
            .refine(() => {
              throw new Error('secret')
            })
            .or(
              z.unknown().refine(() => {
                throw new Error('secret')
              }),
            ),
          transform: () => ({ id: 'a' }),
        }),
    ],
    [
      'NotARow',
      'got undefined',
      (on) => on.otherwise({ table: sends, transform: () => undefined as unknown as { id: string } }),
    ],
    [
      'MissingColumn',
      'expected a string',
      (on) => on.otherwise({ table: sends, transform: () => ({}) as { id: string } }),
    ],
    [
      'RowUnreadable',
      'a TypeError',
      (on) =>
        on.otherwise({
          table: sends,
          transform: () => ({
            get id() {
              return boom()
            },
          }),
        }),
    ],
  ]
  const router = createIcebergRouter(silent).otherwise('drop')

  it.each(cases)('says %s (%s)', async (code, message, build) => {
    const { outcomes, report } = await build(createIcebergRouter(silent)).runBatch(eventOf([{ a: 'secret' }]))
    expect(outcomes).toMatchObject([{ status: 'failed', failure: { code, message: expect.stringContaining(message) } }])
    expect(JSON.stringify([outcomes, report])).not.toContain('secret')
  })

  it('keeps what was thrown for those who ask', async () => {
    const { outcomes } = await createIcebergRouter(silent)
      .otherwise({ table: sends, transform: boom })
      .runBatch(eventOf([{}]))
    expect(outcomes[0]?.status === 'failed' && outcomes[0].failure.cause).toBeInstanceOf(TypeError)
  })
})

describe.each([
  [
    'zod',
    z.object({ kind: z.literal('a'), n: z.string().transform(Number) }),
    z.object({
      kind: z.string(),
      n: z
        .string()
        .refine(async (n) => n !== 'late')
        .transform(Number),
    }),
  ],
  [
    'valibot',
    v.object({ kind: v.literal('a'), n: v.pipe(v.string(), v.transform(Number)) }),
    v.objectAsync({
      kind: v.string(),
      n: v.pipeAsync(
        v.string(),
        v.checkAsync(async (n) => n !== 'late'),
        v.transform(Number),
      ),
    }),
  ],
  ['arktype', type({ kind: "'a'", n: 'string.numeric.parse' }), type({ kind: 'string', n: 'string.numeric.parse' })],
])('a schema of %s', (vendor, sync, other) => {
  const counts = defineTable({ name: 'counts', columns: { n: t.int() } })
  const toRow = ({ n }: { n: number }): { n: number } => ({ n })

  it('matches, and its output is what the transform gets', async () => {
    const router = createIcebergRouter(silent).on(sync, { table: counts, transform: toRow })
    const { outcomes, response } = await router.runBatch(
      eventOf([
        { kind: 'a', n: '7' },
        { kind: 'b', n: '7' },
      ]),
    )
    expect(short(outcomes)).toEqual(['counts insert', 'NoRoute'])
    expect(rowsOf(response)[0]).toEqual({ n: 7 })
  })

  it('on a route checks after the match: broken is not unmatched', async () => {
    const router = createIcebergRouter(silent).on({ kind: 'a' }, { schema: other, table: counts, transform: toRow })
    const { outcomes } = await router.runBatch(eventOf([{ kind: 'a', n: '7' }, { kind: 'a', n: 7 }, { kind: 'b' }]))
    expect(short(outcomes)).toEqual(['counts insert', 'SchemaMismatch n', 'NoRoute'])
    expect(outcomes[1]).toMatchObject({ failure: { message: expect.stringContaining(vendor) } })
  })
})

describe('asynchronous routes', () => {
  it('keep the order of the records, and late failures to themselves', async () => {
    const wait = async (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
    const router = createIcebergRouter(silent)
      .on(async (event) => event['slow'] === true, {
        table: sends,
        schema: v.objectAsync({
          slow: v.boolean(),
          id: v.pipeAsync(
            v.number(),
            v.checkAsync(async (id) => id !== 13),
          ),
        }),
        transform: async ({ id }) => {
          await wait(10 - id)
          if (id === 4) throw new Error('late')
          return { id: `slow ${id}` }
        },
      })
      .otherwise({ table: sends, transform: (event) => ({ id: `fast ${event['id']}` }) })
    const ids = [1, 2, 3, 4, 13]
    const { outcomes, response } = await router.runBatch(eventOf(ids.flatMap((id) => [{ slow: true, id }, { id }])))
    expect(rowsOf(response).map((row) => row?.['id'])).toEqual([
      'slow 1',
      'fast 1',
      'slow 2',
      'fast 2',
      'slow 3',
      'fast 3',
      undefined,
      'fast 4',
      undefined,
      'fast 13',
    ])
    expect(short(outcomes).filter((text) => text !== 'sends insert')).toEqual(['TransformThrew', 'SchemaMismatch id'])
  })

  it('cost a synchronous router no promise for a record', async () => {
    const router = createIcebergRouter(silent).otherwise({ table: sends, transform: () => ({ id: 'a' }) })
    const all = vi.spyOn(Promise, 'all')
    await router.runBatch(eventOf([{}, {}]))
    expect(all).not.toHaveBeenCalled()
    all.mockRestore()
  })
})

describe('the record', () => {
  it('is there for the transform, with its metadata', async () => {
    const seen: FirehoseRecord[] = []
    const transform = (_: unknown, record: FirehoseRecord): { id: string } => {
      seen.push(record)
      return { id: record.recordId }
    }
    const event = eventOf([{}], 'kinesis')
    await createIcebergRouter(silent).otherwise({ table: sends, transform }).runBatch(event)
    expect(seen).toEqual(event.records)
  })
})
