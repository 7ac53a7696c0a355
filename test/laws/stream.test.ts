import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import {
  type BatchResult,
  createIcebergRouter,
  deadLetterTable,
  defineTable,
  type FinishedRouter,
  type FirehoseTransformationEvent,
  rowId,
  rowTo,
  t,
} from 'firehose-iceberg-router'
import { checkResponse, createFirehoseEvent, type Payload, SOURCES, type Source } from 'firehose-iceberg-router/testing'
import { hostileStrings } from 'firehose-iceberg-router/testing/arbitraries'
import { expect, it } from 'vitest'
import { runs } from '../support/runs.ts'
import { type CallFate, createTestStream, type Fate, headOf, type TestStream, testSigner } from '../support/stream.ts'

const columns = { id: t.string(), at: t.timestamp(), data: t.json() }
const first = defineTable({ name: 'first', columns })
const second = defineTable({ name: 'second', columns })

/** What an event makes the router do. */
interface Order {
  readonly rows: number
  readonly size: number
  readonly way: 'list' | 'generator' | 'later' | 'throws' | 'broken'
}

interface World {
  readonly orders: readonly Order[]
  readonly ids: readonly string[]
  readonly source: Source
  readonly budgetBytes: number
  readonly overflow: 'fail' | 'reingest'
  readonly deadLetter: boolean
  readonly signed: boolean
  readonly batchSize: number
  readonly fates: readonly Fate[]
  readonly callFates: readonly CallFate[]
}

function worlds(): fc.Arbitrary<World> {
  const order = fc.record({
    rows: fc.nat(4),
    size: fc.oneof(fc.nat(80), fc.nat(900)),
    way: fc.constantFrom<Order['way'][]>('list', 'list', 'generator', 'later', 'throws', 'broken'),
  })
  return fc.record({
    orders: fc.array(order, { minLength: 1, maxLength: 8 }),
    ids: fc.array(hostileStrings(), { minLength: 1, maxLength: 5 }),
    source: fc.constantFrom(...SOURCES),
    budgetBytes: fc.integer({ min: 1500, max: 6000 }),
    overflow: fc.constantFrom<World['overflow'][]>('fail', 'reingest', 'reingest'),
    deadLetter: fc.boolean(),
    signed: fc.boolean(),
    batchSize: fc.integer({ min: 1, max: 8 }),
    fates: fc.array(fc.constantFrom<Fate[]>('accepted', 'accepted', 'accepted', 'throttled', 'lost'), { minLength: 1 }),
    callFates: fc.array(
      fc.oneof(
        { weight: 30, arbitrary: fc.constant<CallFate>('answers') },
        { weight: 1, arbitrary: fc.constantFrom<CallFate[]>('late', 'never', 'throws', 'rejects', 'nonsense') },
      ),
      { minLength: 1 },
    ),
  })
}

function routerOf(world: World, stream: TestStream, budgetBytes: number): FinishedRouter {
  const { overflow, deadLetter } = world
  const onBatch = (): void => undefined
  const options = { database: 'db', responseBudgetBytes: budgetBytes, reingest: stream.target, overflow, onBatch }
  return createIcebergRouter<{ order: Order }>(
    deadLetter ? { ...options, deadLetter: deadLetterTable() } : options,
  ).otherwise({
    table: first,
    tables: [second],
    empty: 'drop',
    transform: ({ order }, record) => {
      const rows = Array.from({ length: order.rows }, (_, index) => {
        const row = {
          id: rowId(record, index),
          at: new Date(index),
          data: { size: order.size, text: '"é\\'.repeat(order.size / 4) },
        }
        return index % 2 === 1 ? rowTo(second, row) : row
      })
      if (order.way === 'throws') throw new Error('no')
      if (order.way === 'broken') return [...rows, { id: 1 as unknown as string, at: new Date(0), data: {} }]
      if (order.way === 'generator') return rows.values()
      return order.way === 'later' ? Promise.resolve(rows) : rows
    },
  })
}

/** A stream, its function, and all of its output. */
interface Account {
  readonly delivered: string[]
  /** The records in the error output, as bytes. */
  readonly errors: string[]
  readonly reasons: Set<string>
}

/** Runs the records of the stream, batch by batch, until it is empty. */
async function drain(
  world: World,
  stream: TestStream,
  { start, budgetBytes, mayStick }: { start: readonly Payload[]; budgetBytes: number; mayStick: boolean },
): Promise<Account> {
  const router = routerOf(world, stream, budgetBytes)
  // The router gives up on a target that never answers at the deadline; the others have enough time even on a slow machine.
  const sticks = mayStick && world.callFates.some((fate) => fate === 'never' || fate === 'late')
  const context = sticks ? { getRemainingTimeInMillis: () => 20 } : undefined
  const account: Account = { delivered: [], errors: [], reasons: new Set() }
  let waiting: readonly Payload[] = start
  for (let round = 0; waiting.length > 0; round++) {
    // Three hops as a record and three as a row: a record that is still there would loop forever.
    expect(round).toBeLessThan(200)
    const batch = waiting.slice(0, world.batchSize)
    const event = createFirehoseEvent(batch, {
      source: world.source,
      recordId: (index) => `${round}-${index}-${world.ids[index % world.ids.length]}`,
    })
    const result = await router.runBatch(event, context)
    book(account, event, result)
    expectSound(event, result, budgetBytes)
    waiting = [...waiting.slice(batch.length), ...stream.items.splice(0).map(({ data }) => data)]
  }
  return account
}

function book(account: Account, event: FirehoseTransformationEvent, { response, outcomes }: BatchResult): void {
  for (const [index, answer] of response.records.entries()) {
    const record = event.records[index]
    const outcome = outcomes[index]
    if (answer.result === 'Ok' && outcome?.status === 'delivered') account.delivered.push(JSON.parse(outcome.row).id)
    if (outcome?.status === 'failed') {
      account.reasons.add(outcome.failure.code)
      account.errors.push(Buffer.from(record?.data ?? record?.kafkaRecordValue ?? '', 'base64').toString('utf8'))
    }
  }
}

function expectSound(
  event: FirehoseTransformationEvent,
  { response, report, outcomes }: BatchResult,
  budgetBytes: number,
): void {
  const printed = Buffer.byteLength(JSON.stringify(response), 'utf8')
  const bare = event.records.map(({ recordId }) => ({ recordId, result: 'ProcessingFailed' }))
  const least = Buffer.byteLength(JSON.stringify({ records: bare }), 'utf8')
  expect(printed).toBeLessThanOrEqual(Math.max(budgetBytes, least))
  expect(report.responseBytes).toBe(printed)
  expect(checkResponse(event, response)).toEqual([])
  const { delivered, dropped, reingested, failed, records } = report
  expect(delivered + dropped + reingested + failed).toBe(records)
  const answers = outcomes.map((outcome) => {
    if (outcome.status === 'delivered' || (outcome.status === 'failed' && outcome.deadLettered)) return 'Ok'
    return outcome.status === 'failed' ? 'ProcessingFailed' : 'Dropped'
  })
  expect(response.records.map(({ result }) => result)).toEqual(answers)
}

/** The rows of an event; its payload defines them, so that a retry has the same rows. */
function rowsIn(text: string, ownId: (payload: string) => string | undefined): string[] {
  const head = headOf(text)
  if (head?.kind === 'row') return [`${head.origin}#${head.index}`]
  const event = head === undefined ? text : (JSON.parse(text)['~firehose-iceberg-router'].body as string)
  const origin = head?.origin ?? ownId(event)
  const { order } = JSON.parse(event) as { order: Order }
  return Array.from({ length: order.rows }, (_, index) => `${origin}#${index}`)
}

function cycle<Value>(values: readonly Value[]): () => Value {
  let next = 0
  return () => values[next++ % values.length] as Value
}

it('every row of every record is delivered once or reported, whatever the stream does', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(worlds(), async (world) => {
      const orders = world.orders.map((order, number) => ({ order, number }))
      // The id under which each event arrives first: events are taken in order, before any is put back.
      const firstIds = new Map(orders.map((event, at) => [JSON.stringify(event), firstId(world, at)]))
      const ownId = (payload: string): string | undefined => firstIds.get(payload)
      const stream = createTestStream({
        fate: cycle(world.fates),
        callFate: cycle(world.callFates),
        signer: world.signed ? testSigner : undefined,
      })
      const account = await drain(world, stream, { start: orders, budgetBytes: world.budgetBytes, mayStick: true })
      const expected = orders.flatMap((event) => rowsIn(JSON.stringify(event), ownId))
      const failed = account.errors.flatMap((text) => rowsIn(text, ownId))
      expect(new Set([...account.delivered, ...failed])).toEqual(new Set([...expected, ...failed]))
      expect(new Set(account.delivered).size).toBe(account.delivered.length)
      // If a row was delivered but its record failed, another row of the record failed or was not confirmed.
      const both = account.delivered.filter((id) => failed.includes(id))
      if (both.length > 0) expect([...account.reasons]).toContain('ReingestFailed')
      await expectReplayable(world, account)
      for (const reason of account.reasons) seen.add(reason)
      if (both.length > 0) seen.add('duplicate')
      if (stream.unconfirmed.size > 0) seen.add('unconfirmed')
    }),
    { numRuns: runs(1000, 200) },
  )
  // The law is worth only as much as what actually happened: check that all kinds did.
  const worth = [
    'ReingestFailed',
    'ResponseTooLarge',
    'TooManyHops',
    'TransformThrew',
    'WrongType',
    'duplicate',
    'unconfirmed',
  ]
  expect(worth.filter((reason) => !seen.has(reason))).toEqual([])
})

function firstId({ batchSize, ids }: World, at: number): string {
  return `${Math.floor(at / batchSize)}-${at % batchSize}-${ids[(at % batchSize) % ids.length]}`
}

/** Checks that records that failed for lack of room or of a service succeed on a stream that has both. */
async function expectReplayable(world: World, account: Account): Promise<void> {
  const stream = createTestStream({ signer: world.signed ? testSigner : undefined })
  const again = await drain(world, stream, { start: account.errors, budgetBytes: 6_000_000, mayStick: false })
  expect([...again.reasons].filter((code) => code !== 'TransformThrew' && code !== 'WrongType')).toEqual([])
}
