import {
  createIcebergRouter,
  defineTable,
  type FinishedRouter,
  type Outcome,
  RetryBatchError,
  rowTo,
  t,
} from 'firehose-iceberg-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { observePromises } from '../../src/unawaited.ts'
import { passTime, timed, useTestClock } from '../support/clock.ts'
import { eventOf } from '../support/events.ts'
import { createTestStream } from '../support/stream.ts'

const columns = {
  id: t.string(),
  n: t.nullable(t.int()),
  data: t.nullable(t.json()),
  list: t.nullable(t.list(t.string())),
  detail: t.nullable(t.struct({ a: t.nullable(t.string()) })),
  names: t.nullable(t.map(t.string(), t.string())),
}
const log = defineTable({ name: 'log', columns })
const stripped = defineTable({ name: 'stripped', columns, unknownColumns: 'strip' })
const other = defineTable({ name: 'other', columns })
const silent = { database: 'db', onBatch: [] }
const late = (): Promise<never> => Promise.reject(new Error('nobody waits for this'))
/** A promise of a library, which is not of the class Promise. */
const foreign = (): object => {
  const promise = late()
  // biome-ignore lint/suspicious/noThenProperty: a thenable is the point.
  return { then: promise.then.bind(promise) }
}

const unhandled = vi.fn()

beforeEach(() => {
  process.on('unhandledRejection', unhandled)
})

afterEach(async () => {
  await new Promise(setImmediate)
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
  unhandled.mockClear()
})

const short = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map((one) => (one.status === 'failed' ? `${one.failure.code} ${one.failure.path}`.trim() : one.status))

function routerOf(transform: () => unknown, table: object = log, options: object = {}): FinishedRouter {
  return createIcebergRouter({ ...silent, ...options }).otherwise({ table, transform } as never)
}

class Row {
  readonly id = 1
  readonly n = late()
}

describe('a promise in a row', () => {
  it.each<[string, () => unknown, string]>([
    ['in a later column than the first wrong one', () => ({ id: 1, n: late() }), 'n'],
    ['under a misspelt column', () => ({ id: 'a', m: late() }), 'm'],
    ['of another library', () => ({ id: 'a', n: foreign() }), 'n'],
    ['as a json value', () => ({ id: 'a', data: late() }), 'data'],
    ['inside a json value', () => ({ id: 'a', data: { a: [{ b: late() }] } }), 'data'],
    ['inside a json value, of another library', () => ({ id: 'a', data: { a: foreign() } }), 'data'],
    ['inside a json value beside a Date', () => ({ id: 'a', data: { at: new Date(0), b: late() } }), 'data'],
    ['inside a Map of a json value', () => ({ id: 'a', data: new Map([['a', late()]]) }), 'data'],
    ['inside a Set of a json value', () => ({ id: 'a', data: new Set([late()]) }), 'data'],
    ['in a list', () => ({ id: 'a', list: ['a', late(), late()] }), 'list[1]'],
    ['in a struct', () => ({ id: 'a', detail: { a: late() } }), 'detail.a'],
    ['under a misspelt field', () => ({ id: 'a', detail: { b: late() } }), 'detail'],
    ['in a map', () => ({ id: 'a', names: { 'Alice Smith': late(), Alice: late() } }), 'names[*]'],
    ['in a Map', () => ({ id: 'a', names: new Map([['Alice', late()]]) }), 'names[*]'],
    ['in the row of a class', () => new Row(), 'n'],
    ['in the row of a list of one', () => [{ id: 'a', n: late() }], 'n'],
    ['in a row for a table that is not declared', () => rowTo(other, { id: late() } as never), 'id'],
    [
      'with a getter that throws beside it',
      () => ({
        n: late(),
        get id(): string {
          throw new Error('no')
        },
      }),
      'n',
    ],
  ])('%s fails the record', async (_, transform, path) => {
    const { outcomes } = await routerOf(transform).runBatch(eventOf([{}]))
    expect(outcomes).toMatchObject([
      {
        failure: {
          code: 'UnawaitedPromise',
          path,
          table: 'log',
          message: `a promise in column ${path}: await it in the transform`,
        },
      },
    ])
  })

  it.each<[string, () => unknown, string]>([
    ['a column', () => ({ id: 'a', m: late() }), 'm'],
    ['a value in a column', () => ({ id: 'a', m: { a: [late()] } }), 'm'],
    ['a field', () => ({ id: 'a', detail: { b: late() } }), 'detail.b'],
  ])('in %s that the table strips fails the record', async (_, transform, path) => {
    const { outcomes } = await routerOf(transform, stripped).runBatch(eventOf([{}]))
    expect(short(outcomes)).toEqual([`UnawaitedPromise ${path}`])
  })

  it('in a row behind a wrong one fails the record', async () => {
    const rows = (): unknown => [{ id: 'a' }, { id: 1 }, { id: 'b', n: late() }]
    const { outcomes } = await routerOf(rows, log, { reingest: createTestStream().target }).runBatch(eventOf([{}]))
    expect(short(outcomes)).toEqual(['UnawaitedPromise n'])
  })

  it.each<[string, () => unknown, string]>([
    ['too many rows', () => Array.from({ length: 10_001 }, () => ({ id: late() })), 'TooManyRows'],
    ['several rows without a target', () => [{ id: 'a' }, { id: late() }], 'SeveralRows'],
    ['promises instead of rows', () => [late(), { id: late() }], 'NotARow'],
    [
      'a generator that throws',
      function* () {
        yield { id: late() }
        throw new Error('no')
      },
      'TransformThrew',
    ],
    [
      'what a transform throws',
      () => {
        throw late()
      },
      'TransformThrew',
    ],
  ])('leaves %s as they are, and ends nothing', async (_, transform, code) => {
    const { outcomes } = await routerOf(transform).runBatch(eventOf([{}]))
    expect(short(outcomes)).toEqual([code])
  })

  it('ends nothing if reading the row asks for the batch again', async () => {
    const row = (): unknown => ({
      n: late(),
      get id(): string {
        throw new RetryBatchError('again')
      },
    })
    await expect(routerOf(row).runBatch(eventOf([{}]))).rejects.toThrow('again')
  })
})

describe('a promise in a row of a record that is given up', () => {
  useTestClock()

  it('ends nothing', async () => {
    const row = async (): Promise<unknown> => {
      await new Promise((done) => setTimeout(done, 20))
      return { id: 1, n: late() }
    }
    const { outcomes } = await timed(routerOf(row), [{}], 10)
    expect(short(outcomes)).toEqual(['DeadlineExceeded'])
    await passTime(() => new Promise((done) => setTimeout(done, 30)))
    await new Promise(setImmediate)
  })
})

describe('a promise that other code leaves behind', () => {
  const table = defineTable({ name: 'one', columns: { id: t.string() } })
  const transform = (): { id: string } => ({ id: 'a' })
  const schema = (validate: () => unknown): never =>
    ({ '~standard': { version: 1, vendor: 'none', validate } }) as never

  it.each<[string, () => FinishedRouter, string]>([
    [
      'a predicate',
      () => createIcebergRouter(silent).on((() => ({ success: late() })) as never, 'drop'),
      'InvalidMatch',
    ],
    [
      'a schema that refuses',
      () =>
        createIcebergRouter(silent).otherwise({
          table,
          schema: schema(() => ({ issues: [{ message: '', cause: late() }] })),
          transform,
        }),
      'SchemaMismatch',
    ],
    [
      'an operation',
      () => createIcebergRouter(silent).otherwise({ table, operation: (() => [late()]) as never, transform }),
      'InvalidOperation',
    ],
    [
      'batchContext',
      () =>
        createIcebergRouter(silent)
          .batchContext(() => ({ users: late(), list: [new Map([['a', late()]])] }))
          .otherwise({ table, transform }),
      'delivered',
    ],
    [
      'batchContext that throws',
      () =>
        createIcebergRouter(silent)
          .batchContext(() => {
            throw [late()]
          })
          .otherwise({ table, transform }),
      'ContextFailed',
    ],
    [
      'a hook',
      () => createIcebergRouter({ ...silent, onBatch: () => [late()] }).otherwise({ table, transform }),
      'delivered',
    ],
    [
      'an asynchronous hook',
      () => createIcebergRouter({ ...silent, onBatch: async () => ({ sent: late() }) }).otherwise({ table, transform }),
      'delivered',
    ],
    [
      'a hook that throws',
      () =>
        createIcebergRouter({
          ...silent,
          onBatch: () => {
            throw late()
          },
        }).otherwise({ table, transform }),
      'delivered',
    ],
  ])('%s ends nothing', async (_, build, expected) => {
    const { outcomes } = await build().runBatch(eventOf([{}]))
    expect(short(outcomes)).toEqual([expected])
  })

  it.each<[string, object]>([
    ['as results', { put: () => [late(), late()] }],
    ['inside results', { put: async () => [{ accepted: late() }] }],
    [
      'thrown',
      {
        put: () => {
          throw late()
        },
      },
    ],
    ['as a signature', { signer: { sign: late, verify: () => true } }],
  ])('a target, %s, ends nothing', async (_, part) => {
    const { target } = createTestStream()
    const reingest = { ...target, ...part } as never
    const { outcomes } = await routerOf(() => [{ id: 'a' }, { id: 'b' }], log, { reingest }).runBatch(eventOf([{}]))
    expect(short(outcomes)).toEqual(['ReingestFailed'])
  })

  it('a signer that verifies later, ends nothing, and its envelope counts as forged', async () => {
    const stream = createTestStream({ signer: { sign: () => 'x', verify: () => true } })
    await routerOf(() => [{ id: 'a' }, { id: 'b' }], log, { reingest: stream.target }).runBatch(eventOf([{}]))
    const payload = JSON.parse(new TextDecoder().decode(stream.items[0]?.data)) as object
    const reingest = { ...stream.target, signer: { sign: () => 'x', verify: late } } as never
    const { outcomes } = await routerOf(() => ({ id: 'a' }), log, { reingest }).runBatch(eventOf([payload]))
    expect(short(outcomes)).toEqual(['EnvelopeForged'])
  })

  it('a context of Lambda that answers later ends nothing', async () => {
    const { outcomes } = await routerOf(() => ({ id: 'a' })).runBatch(eventOf([{}]), { getRemainingTimeInMillis: late })
    expect(short(outcomes)).toEqual(['delivered'])
  })
})

describe('the search for promises', () => {
  it('starts no query of a context that starts when it is awaited, and does not search instances', async () => {
    // biome-ignore lint/suspicious/noThenProperty: a thenable is the point.
    const query = { then: vi.fn() }
    class Client {
      readonly query = query
    }
    const router = createIcebergRouter(silent)
      .batchContext(() => ({ query, client: new Client() }))
      .otherwise({ table: defineTable({ name: 'one', columns: { id: t.string() } }), transform: () => ({ id: 'a' }) })
    await router.runBatch(eventOf([{}]))
    expect(query.then).not.toHaveBeenCalled()
  })

  it('runs no getter, and ends in cycles, lists without bounds and proxies that throw', () => {
    const getter = vi.fn(late)
    const cycle: { self?: unknown } = Object.defineProperty({}, 'a', { get: getter, enumerable: true })
    cycle.self = cycle
    const fail = (): never => {
      throw new Error('no')
    }
    const proxy = new Proxy({}, { ownKeys: fail, get: fail, getPrototypeOf: fail })
    const endless = new Proxy([], { get: (_, key) => (key === 'length' ? Number.MAX_SAFE_INTEGER : {}) })
    expect(observePromises([cycle, proxy, endless, 'a', null, new Uint8Array(8)])).toBeUndefined()
    expect(getter).not.toHaveBeenCalled()
  })

  it('finds what is near the surface beside a value that is larger than the search', () => {
    const huge = Array.from({ length: 200_000 }, () => ({}))
    expect(observePromises({ huge: { huge }, late: { late: late() } })).toEqual(['late', 'late'])
  })

  it('goes deeper than the stack', () => {
    let deep: object = { end: late() }
    for (let depth = 0; depth < 50_000; depth++) deep = { deep }
    expect(observePromises(deep)).toHaveLength(50_001)
  })
})
