import fc from 'fast-check'
import { createIcebergRouter, defineTable, type FirehoseRecord, s, select, t } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { createSelectRouter } from '../../bench/select-router.ts'
import { compileSelection } from '../../src/select/compile-selection.ts'
import type { Source } from '../../src/select/source.ts'
import { createSesRouter } from '../../src/ses/index.ts'
import { sesEvents } from '../../src/testing/arbitraries.ts'
import { eventOf, rowsOf, SOURCES } from '../support/events.ts'
import { runs } from '../support/runs.ts'

const record: FirehoseRecord = { recordId: 'id-1', approximateArrivalTimestamp: 1_760_000_000_123, data: '' }

const read = (source: Source, event: unknown, of: FirehoseRecord = record): unknown =>
  (compileSelection({ it: source })(event, of) as { it: unknown }).it

const headers = [
  { name: 'FROM', value: 'first' },
  'no object',
  null,
  ['name', 'From'],
  { name: 7, value: 'number' },
  { name: 'From', value: null },
  { name: 'From' },
  { name: 'from', value: 'last' },
]
const from = { key: 'name', equals: 'From', take: 'value' } as const

describe('a source', () => {
  it.each<[string, Source, unknown, unknown]>([
    ['a path', 'a.b', { a: { b: 1 } }, 1],
    ['a path to nothing', 'a.c', { a: { b: 1 } }, undefined],
    ['a path through null', 'a.b', { a: null }, undefined],
    ['a path through a string', 'a.length', { a: 'text' }, undefined],
    ['a path into a list', 'a.1', { a: ['x', 'y'] }, 'y'],
    ['a path past a list', 'a.2', { a: ['x', 'y'] }, undefined],
    ['the length of a list, which is not an element', 'a.length', { a: ['x'] }, undefined],
    ['a number that is not an index', 'a.01', { a: ['x', 'y'] }, undefined],
    ['a number as the key of an object', 'a.1', { a: { 1: 'x' } }, 'x'],
    ['an inherited name', 'constructor.name', {}, undefined],
    ['the prototype', '__proto__.toString', {}, undefined],
    ['an own key with the name of the prototype', '__proto__.x', JSON.parse('{"__proto__":{"x":1}}'), 1],
    ['keys with dots', s.path('a.b', 'c'), { 'a.b': { c: 2 } }, 2],
    ['a constant', s.constant('fixed'), {}, 'fixed'],
    ['the first source with a value', s.firstOf('a', 'b', 'c'), { a: null, b: '', c: 'c' }, ''],
    ['the first of sources without a value', s.firstOf('a', 'b'), { a: null }, undefined],
    ['a default for a missing value', s.orElse('a', 'none'), {}, 'none'],
    ['a default for null', s.orElse('a', 'none'), { a: null }, 'none'],
    ['no default for false', s.orElse('a', true), { a: false }, false],
    ['JSON', s.jsonText('a'), { a: { b: [1, 'x'] } }, '{"b":[1,"x"]}'],
    ['JSON of a bigint', s.jsonText('a'), { a: { n: 2n ** 63n } }, '{"n":9223372036854775808}'],
    ['JSON of a missing value', s.jsonText('a'), {}, undefined],
    ['a joined list', s.joined('a'), { a: ['x', 'y'] }, 'x, y'],
    ['an empty list', s.joined('a'), { a: [] }, undefined],
    ['a list of other things', s.joined('a'), { a: [1] }, [1]],
    ['the first element', s.element('h', { ...from, ignoreCase: true }), { h: headers }, 'first'],
    ['the last element', s.element('h', { ...from, ignoreCase: true, last: true }), { h: headers }, 'last'],
    ['an element by its exact name', s.element('h', { ...from, equals: 'from' }), { h: headers }, 'last'],
    ['an element that is not there', s.element('h', { ...from, equals: 'To' }), { h: headers }, undefined],
    ['an element of no list', s.element('h', from), { h: { name: 'From', value: 'x' } }, undefined],
    [
      'a Kelvin sign, which is not a k',
      s.element('h', { ...from, equals: 'k', ignoreCase: true }),
      { h: [{ name: '\u212a', value: 'x' }] },
      undefined,
    ],
    ['the record id', s.metadata('recordId'), {}, 'id-1'],
    ['the arrival', s.metadata('arrivalTime'), {}, new Date(1_760_000_000_123)],
    ['no partition key', s.metadata('partitionKey'), {}, undefined],
  ])('%s', (_, source, event, expected) => {
    expect(read(source, event)).toEqual(expected)
  })
})

it('a selection is compiled once, with the first event', () => {
  let times = 0
  const selection = {
    get it() {
      times++
      return 'a'
    },
  }
  const row = compileSelection(selection)
  expect(times).toBe(0)
  expect([row({ a: 1 }), row({ a: 2 })]).toEqual([{ it: 1 }, { it: 2 }])
  expect(times).toBe(1)
})

const table = defineTable({
  name: 'orders',
  columns: {
    id: t.string(),
    amount: t.nullable(t.long()),
    at: t.timestamp(),
    tags: t.nullable(t.json()),
    key: t.nullable(t.string()),
    source: t.string({ default: 'web' }),
  },
})

const selection = {
  id: 'id',
  amount: 'amount',
  at: s.metadata('arrivalTime'),
  tags: 'tags',
  key: s.metadata('partitionKey'),
}

describe('a route with select', () => {
  const router = createIcebergRouter({ database: 'shop', onBatch: () => undefined }).on(
    { kind: 'order' },
    { table, transform: select(selection) },
  )

  it.each(SOURCES)('makes rows of records from %s', async (source) => {
    const big = '{"kind":"order","id":"a","amount":9223372036854775807,"tags":{"n":9223372036854775808}}'
    const { response } = await router.runBatch(eventOf([big], source))
    expect(rowsOf(response)).toEqual([
      {
        id: 'a',
        amount: '9223372036854775807',
        at: 1_760_000_000_123_000,
        tags: '{"n":9223372036854775808}',
        key: source === 'kinesis' ? 'k' : null,
        source: 'web',
      },
    ])
  })

  it.each([
    ['a missing value', {}, 'MissingColumn', 'id'],
    ['a value of another type', { id: 7 }, 'WrongType', 'id'],
    ['a number that is not whole', { id: 'a', amount: 1.5 }, 'WrongType', 'amount'],
  ])('fails as a transform would: %s', async (_, event, code, place) => {
    const { outcomes } = await router.runBatch(eventOf([{ kind: 'order', ...event }]))
    expect(outcomes[0]).toMatchObject({ status: 'failed', failure: { code, path: place } })
  })

  it.each<[string, Source]>([
    ['a path', 'other'],
    ['a joined list', s.joined('other')],
    ['a constant', s.constant(null)],
  ])('has no default for null, as the types say: %s', async (_, source) => {
    const nulls = createIcebergRouter({ database: 'shop', onBatch: () => undefined }).otherwise({
      table: defineTable({ name: 'defaults', columns: { c: t.string({ default: 'web' }) } }),
      transform: select({ c: source } as never),
    })
    const { outcomes } = await nulls.runBatch(eventOf([{ other: null }]))
    expect(outcomes[0]).toMatchObject({ status: 'failed', failure: { code: 'MissingColumn', path: 'c' } })
  })

  it('says both of a column without a source and an unknown one, without advice to leave the first empty', () => {
    const table = defineTable({ name: 'notes', columns: { id: t.string(), note: t.nullable(t.string()) } })
    const problemsOf = (sources: object): unknown => {
      try {
        createIcebergRouter({ database: 'shop' })
          .otherwise({ table, transform: select(sources as never) })
          .handler()
      } catch (error) {
        return (error as { problems: unknown }).problems
      }
      return undefined
    }
    expect(problemsOf({ id: 'id', nte: 'note' })).toEqual([
      'otherwise: select.note: expected a source, got nothing',
      'otherwise: select.nte: the table notes has no such column',
    ])
    expect(problemsOf({ id: 'id' })).toEqual([
      'otherwise: select.note: expected a source, got nothing; s.constant(null) leaves it empty',
    ])
  })

  it.each<[string, object, string]>([
    ['an unknown column', { ...selection, idd: 'id' }, 'select.idd: the table orders has no such column'],
    ['a column without a source', { id: 'id' }, 'select.amount: expected a source, got nothing'],
    ['an empty path', { ...selection, id: '' }, 'select.id: expected a path'],
    ['an empty key', { ...selection, id: 'a..b' }, 'select.id: expected a path'],
    ['a number as a source', { ...selection, id: 7 }, 'select.id: expected a path or a source'],
    ['an unknown kind of source', { ...selection, id: { kind: 'toString' } }, 'select.id: expected a path or a source'],
    [
      'a source inside another',
      { ...selection, id: s.firstOf('id', 'a.') },
      'select.id, source 2 of first: expected a path',
    ],
    ['no sources', { ...selection, id: s.firstOf() }, 'select.id, first: sources: expected at least one source'],
    [
      'an object as constant',
      { ...selection, id: { kind: 'constant', value: {} } },
      'select.id, constant: value: expected a string, number',
    ],
    [
      'unknown metadata',
      { ...selection, id: { kind: 'metadata', name: 'age' } },
      'select.id, metadata: name: expected "arrivalTime" or "recordId"',
    ],
    [
      'an element without its field',
      { ...selection, id: { kind: 'element', source: 'a', key: 'k', equals: 'e' } },
      'select.id, element: take: expected a string, got undefined',
    ],
  ])('is a problem when the router is built: %s', (_, wrong, problem) => {
    const untyped = createIcebergRouter({ database: 'shop' }) as unknown as {
      on(matcher: unknown, route: unknown): { handler(): unknown }
    }
    expect(() => untyped.on({ kind: 'order' }, { table, transform: select(wrong as never) }).handler()).toThrow(problem)
  })
})

it('a selection of SES events gives the same rows as the SES router', async () => {
  const functions = createSesRouter({ database: 'email_event', onBatch: () => undefined })
  const declared = createSelectRouter('email_event', ['Send', 'Open', 'Click'])
  await fc.assert(
    fc.asyncProperty(fc.array(sesEvents(), { minLength: 1, maxLength: 5 }), async (events) => {
      const event = eventOf(events)
      const [expected, actual] = [await functions.runBatch(event), await declared.runBatch(event)]
      expect(actual.response).toEqual(expected.response)
    }),
    { numRuns: runs(1000) },
  )
})

describe('a delete by select', () => {
  const orders = defineTable({
    name: 'orders',
    columns: { id: t.string(), day: t.date(), name: t.string(), total: t.nullable(t.int()) },
    uniqueKeys: ['id'],
    partitionBy: [t.identity('day')],
  })
  const routerOf = (selection: object, operation: unknown = 'delete'): ReturnType<typeof start.otherwise> =>
    start.otherwise({ table: orders, operation, transform: select(selection as never) } as never)
  const start = createIcebergRouter<{ id: string; day: string; name: string }>({ database: 'db', onBatch: [] })

  it('needs only the key and partition columns', async () => {
    const router = start.otherwise({ table: orders, operation: 'delete', transform: select({ id: 'id', day: 'day' }) })
    const { response, outcomes } = await router.runBatch(
      eventOf([{ id: 'a', day: '2026-01-31', name: 'n' }, { id: 'b' }]),
    )
    expect(rowsOf(response)).toEqual([{ id: 'a', day: '2026-01-31' }, undefined])
    expect(response.records[0]).toMatchObject({ metadata: { otfMetadata: { operation: 'delete' } } })
    expect(outcomes[1]).toMatchObject({ failure: { code: 'KeyMissing', path: 'day' } })
  })

  it('may have other columns', async () => {
    const router = start.otherwise({
      table: orders,
      operation: 'delete',
      transform: select({ id: 'id', day: 'day', name: 'name' }),
    })
    const { response } = await router.runBatch(eventOf([{ id: 'a', day: '2026-01-31', name: 'n' }]))
    expect(rowsOf(response)).toEqual([{ id: 'a', day: '2026-01-31', name: 'n' }])
  })

  it.each<[string, object, unknown, RegExp]>([
    ['without its key', { day: 'day' }, 'delete', /select\.id: expected a source/],
    ['without its partition', { id: 'id' }, 'delete', /select\.day: expected a source/],
    ['with an unknown column', { id: 'id', day: 'day', x: 'x' }, 'delete', /no such column|does not have/],
    ['of which the operation is computed', { id: 'id', day: 'day' }, () => 'delete', /select\.name: expected a source/],
    ['that is an update', { id: 'id', day: 'day' }, 'update', /select\.name: expected a source/],
  ])('%s is refused', (_, selection, operation, problem) => {
    expect(() => routerOf(selection, operation).handler()).toThrow(problem)
  })
})
