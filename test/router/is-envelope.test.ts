import * as fc from 'fast-check'
import {
  createIcebergRouter,
  defineTable,
  type FinishedRouter,
  type Outcome,
  type ReingestTarget,
  t,
} from 'firehose-iceberg-router'
import { expect, it } from 'vitest'
import { createSigner } from '../../src/reingest/signer.ts'
import { eventOf } from '../support/events.ts'
import { runs } from '../support/runs.ts'
import { createTestStream, textOf } from '../support/stream.ts'

const KEY = '~firehose-iceberg-router'
const log = defineTable({ name: 'log', columns: { id: t.string() } })
const signer = createSigner('0123456789abcdef0123456789abcdef')

function routerOf(reingest: ReingestTarget | undefined): FinishedRouter {
  const options = { database: 'db', onBatch: () => undefined }
  return createIcebergRouter(reingest === undefined ? options : { ...options, reingest }).otherwise({
    table: log,
    transform: () => ({ id: 'from the event' }),
  })
}

const plain = createTestStream().target
const signing = createTestStream({ signer }).target
const rowHead = { kind: 'row', origin: 'r', index: 1, hops: 1, database: 'db', table: 'log', operation: 'insert' }
const recordHead = { kind: 'record', origin: 'r', hops: 1, arrivedAt: 1 }

function envelope(head: unknown, body: unknown, more: object = {}): object {
  return { [KEY]: { version: 1, head: typeof head === 'string' ? head : JSON.stringify(head), body, ...more } }
}

const codeOf = (outcome: Outcome | undefined): string | undefined =>
  outcome?.status === 'failed' ? outcome.failure.code : outcome?.status

it.each<[string, object, string]>([
  ['a good row', envelope(rowHead, '{"id":"a"}'), 'delivered'],
  ['a good record', envelope(recordHead, '{}'), 'delivered'],
  ['nothing in it', { [KEY]: null }, 'EnvelopeInvalid'],
  ['a text', { [KEY]: 'x' }, 'EnvelopeInvalid'],
  ['a later version', { [KEY]: { version: 2, head: '{}', body: '{}' } }, 'EnvelopeInvalid'],
  ['no body', envelope(rowHead, undefined), 'EnvelopeInvalid'],
  ['a head that is no JSON', envelope('{', '{}'), 'EnvelopeInvalid'],
  ['a head that is null', envelope(null, '{}'), 'EnvelopeInvalid'],
  ['a kind that is none', envelope({ ...rowHead, kind: 'batch' }, '{}'), 'EnvelopeInvalid'],
  ['no origin', envelope({ ...rowHead, origin: 1 }, '{}'), 'EnvelopeInvalid'],
  ['hops that are none', envelope({ ...rowHead, hops: -1 }, '{}'), 'EnvelopeInvalid'],
  ['no hop at all', envelope({ ...recordHead, hops: 0 }, '{}'), 'EnvelopeInvalid'],
  ['an operation that is none', envelope({ ...rowHead, operation: 'toString' }, '{}'), 'EnvelopeInvalid'],
  ['three hops', envelope({ ...rowHead, hops: 3 }, '{"id":"a"}'), 'delivered'],
  ['a record with three hops', envelope({ ...recordHead, hops: 3 }, '{}'), 'delivered'],
  ['four hops', envelope({ ...rowHead, hops: 4 }, '{"id":"a"}'), 'TooManyHops'],
  ['a record with four hops', envelope({ ...recordHead, hops: 4 }, '{}'), 'TooManyHops'],
  ['a table not declared', envelope({ ...rowHead, table: 'users' }, '{"id":"a"}'), 'UndeclaredTable'],
  ['a table of Object.prototype', envelope({ ...rowHead, table: 'constructor' }, '{"id":"a"}'), 'UndeclaredTable'],
  ['another database', envelope({ ...rowHead, database: 'prod' }, '{"id":"a"}'), 'UndeclaredTable'],
  ['an update without keys', envelope({ ...rowHead, operation: 'update' }, '{"id":"a"}'), 'InvalidOperation'],
  ['a wrong row', envelope(rowHead, '{"id":1}'), 'WrongType'],
  ['a row with more', envelope(rowHead, '{"id":"a","__proto__":{"x":1}}'), 'UnknownColumn'],
  ['a row that is no JSON', envelope(rowHead, '{'), 'NotARow'],
  ['an event that is no JSON', envelope(recordHead, '{'), 'InvalidJson'],
  ['an envelope in an envelope', envelope(recordHead, JSON.stringify(envelope(recordHead, '{}'))), 'EnvelopeInvalid'],
  ['metadata that is none', envelope({ ...recordHead, kinesis: { partitionKey: {} } }, '{}'), 'EnvelopeInvalid'],
  ['no envelope: a key beside', { ...envelope(rowHead, '{"id":"a"}'), other: 1 }, 'delivered'],
])('%s comes to %s', async (_, event, expected) => {
  const { outcomes } = await routerOf(plain).runBatch(eventOf([event, { good: true }]))
  expect(outcomes.map(codeOf)).toEqual([expected, 'delivered'])
  expect(JSON.stringify(outcomes[0])).not.toContain('users')
})

it('is refused by a router without a target, whatever it says', async () => {
  const { outcomes } = await routerOf(undefined).runBatch(eventOf([envelope(rowHead, '{"id":"a"}'), { [KEY]: 1 }]))
  expect(outcomes.map(codeOf)).toEqual(['EnvelopeUnexpected', 'EnvelopeUnexpected'])
})

it('with an event of one key beside it is matched like any event', async () => {
  const { outcomes } = await routerOf(plain).runBatch(eventOf([{ ...envelope(rowHead, '{"id":"a"}'), other: 1 }]))
  expect(outcomes).toMatchObject([{ row: '{"id":"from the event"}' }])
})

it.each([
  [
    'throws',
    () => {
      throw new Error('no')
    },
  ],
  ['answers with something else', () => 1 as unknown as boolean],
])('a signer that %s lets nothing pass', async (_, verify) => {
  const { outcomes } = await routerOf({ ...plain, signer: { ...signer, verify } }).runBatch(
    eventOf([envelope(rowHead, '{"id":"a"}', { signature: 'x' })]),
  )
  expect(outcomes.map(codeOf)).toEqual(['EnvelopeForged'])
})

it('a signer that cannot sign fails the record', async () => {
  const sign = (): never => {
    throw new TypeError('no key')
  }
  const router = createIcebergRouter({
    database: 'db',
    onBatch: [],
    reingest: { ...plain, signer: { ...signer, sign } },
  })
  const { outcomes } = await router
    .otherwise({ table: log, transform: () => [{ id: 'a' }, { id: 'b' }] })
    .runBatch(eventOf([{}]))
  expect(outcomes).toMatchObject([
    { failure: { code: 'ReingestFailed', message: expect.stringContaining('a TypeError') } },
  ])
})

/** An envelope as the router signs it. */
async function sealed(): Promise<string> {
  const stream = createTestStream({ signer })
  const router = createIcebergRouter({ database: 'db', reingest: stream.target })
  await router.otherwise({ table: log, transform: () => [{ id: 'a' }, { id: 'b' }] }).runBatch(eventOf([{}]))
  return textOf(stream.items[0] as { data: Uint8Array })
}

it('what was signed cannot be changed by a letter, moved, or made up', async () => {
  const text = await sealed()
  const content = JSON.parse(text)[KEY] as { [key: string]: string }
  const { head = '', body = '' } = content
  const router = routerOf(signing)
  expect(codeOf((await router.runBatch(eventOf([text]))).outcomes[0])).toBe('delivered')
  const change = fc.record({
    part: fc.constantFrom('head', 'body', 'signature'),
    at: fc.nat(),
    letter: fc.string({ maxLength: 2 }),
  })
  const forged = fc.oneof(
    change.map(({ part, at, letter }) => {
      const whole = content[part] ?? ''
      const index = at % whole.length
      return { ...content, [part]: whole.slice(0, index) + letter + whole.slice(index + 1) }
    }),
    fc.nat(body.length).map((cut) => ({ ...content, head: head + body.slice(0, cut), body: body.slice(cut) })),
    fc.anything().map((signature) => ({ ...content, signature })),
    fc.anything(),
  )
  await fc.assert(
    fc.asyncProperty(forged, async (made) => {
      const printed = printable(made)
      fc.pre(printed !== undefined && printed !== JSON.stringify(content))
      const { outcomes } = await router.runBatch(eventOf([`{${JSON.stringify(KEY)}:${printed}}`]))
      expect(['EnvelopeForged', 'EnvelopeInvalid', 'NotAnObject']).toContain(codeOf(outcomes[0]))
    }),
    { numRuns: runs(1000) },
  )
})

function printable(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

it('whatever stands in an unsigned envelope, it is an outcome and its neighbours are delivered', async () => {
  const router = routerOf(plain)
  const field = fc.oneof(fc.jsonValue(), fc.constantFrom('row', 'record', 'log', 'db', 'insert', 1, 3))
  const head = fc.record(
    {
      kind: field,
      origin: field,
      index: field,
      hops: field,
      database: field,
      table: field,
      operation: field,
      arrivedAt: field,
      kinesis: field,
    },
    { requiredKeys: [] },
  )
  const body = fc.oneof(fc.json(), fc.string(), fc.constantFrom('[['.repeat(20_000), '{"id":"a"}', '{"id":null}'))
  await fc.assert(
    fc.asyncProperty(head, body, async (made, text) => {
      const { outcomes } = await router.runBatch(eventOf([envelope({ ...rowHead, ...made }, text), {}]))
      expect(outcomes).toHaveLength(2)
      expect(codeOf(outcomes[1])).toBe('delivered')
    }),
    { numRuns: runs(2000) },
  )
})

it.each<[string, object, string]>([
  ['an invalid one', { [KEY]: 1 }, 'the record has the key of an envelope, but this version cannot read it'],
  ['an invalid head', envelope('{', '{}'), 'the record has the key of an envelope, but this version cannot read it'],
  ['four hops', envelope({ ...rowHead, hops: 4 }, '{}'), 'put back 4 times, 3 are allowed'],
  [
    'another table',
    envelope({ ...rowHead, table: 'users' }, '{}'),
    'the envelope names a table that this router does not declare',
  ],
  ['an inner one', envelope(recordHead, JSON.stringify(envelope(recordHead, '{}'))), 'an envelope inside an envelope'],
])('says what is wrong with %s', async (_, event, message) => {
  const { outcomes } = await routerOf(plain).runBatch(eventOf([event]))
  expect(outcomes).toMatchObject([{ failure: { message, route: 'reingested' } }])
})

it('that was forged is told from one that cannot be read', async () => {
  const { outcomes } = await routerOf(signing).runBatch(eventOf([envelope(rowHead, '{"id":"a"}')]))
  const message = "the envelope's signature is missing or wrong: forged, changed, or signed with another secret"
  expect(outcomes).toMatchObject([{ failure: { code: 'EnvelopeForged', message } }])
})

it.each(['drop', 'fail'] as const)('with a record whose route says %s is answered under its own id', async (end) => {
  const router = createIcebergRouter({ database: 'db', onBatch: [], reingest: plain }).otherwise(end)
  const { outcomes } = await router.runBatch(eventOf([envelope(recordHead, '{"a":1}')]))
  expect(outcomes[0]?.recordId).toBe('record-0')
  expect(outcomes[0]).not.toHaveProperty('origin')
  expect(outcomes[0]).not.toHaveProperty('wrap')
})

it('with a row puts nothing back unless the row does not fit, and then one hop further', async () => {
  const stream = createTestStream()
  const build = (responseBudgetBytes: number) =>
    createIcebergRouter({
      database: 'db',
      onBatch: [],
      reingest: stream.target,
      overflow: 'reingest',
      responseBudgetBytes,
    }).otherwise({ table: log, transform: () => ({ id: 'a' }) })
  const rows = [1, 2].map((index) => envelope({ ...rowHead, index }, `{"id":"${'x'.repeat(1000 + index)}"}`))
  const fits = await build(6_000_000).runBatch(eventOf(rows))
  expect(fits.outcomes).toMatchObject([{ origin: { recordId: 'r', index: 1, hops: 1 } }, { status: 'delivered' }])
  expect(stream.items).toEqual([])
  const { outcomes } = await build(2500).runBatch(eventOf(rows))
  expect(outcomes.map(codeOf)).toEqual(['delivered', 'reingested'])
  expect(stream.items).toHaveLength(1)
  const [item] = stream.items
  expect(item).not.toHaveProperty('partitionKey')
  const content = JSON.parse(textOf(item as { data: Uint8Array }))[KEY] as { head: string; body: string }
  expect(JSON.parse(content.head)).toEqual({ ...rowHead, index: 2, hops: 2 })
  expect(content.body).toBe(`{"id":"${'x'.repeat(1002)}"}`)
})
