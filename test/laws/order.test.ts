import * as fc from 'fast-check'
import { createIcebergRouter, defineTable, type FinishedRouter, type Outcome, select, t } from 'firehose-iceberg-router'
import { createFirehoseEvent, type Payload } from 'firehose-iceberg-router/testing'
import { expect, it } from 'vitest'
import { runs } from '../support/runs.ts'
import { createTestStream, type TestStream } from '../support/stream.ts'

const columns = { key: t.string(), version: t.long(), text: t.string() }
const table = defineTable({ name: 'latest', columns, uniqueKeys: ['key'] })

/** A change of a row: the later one of a key has the higher version. */
interface Change {
  readonly operation: 'update' | 'delete'
  readonly key: string
  readonly version: number
  readonly text: string
}

/** What reached the table, in its order. */
type Arrival = Pick<Change, 'key' | 'version' | 'operation'>

const changes: fc.Arbitrary<Change[]> = fc
  .array(
    fc.record({
      operation: fc.constantFrom<Change['operation'][]>('update', 'update', 'delete'),
      key: fc.constantFrom('a', 'b', 'c'),
      text: fc.oneof(fc.nat(900), fc.integer({ min: 800, max: 900 })).map((length) => 'x'.repeat(length)),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map((change, version) => ({ ...change, version })))

const worlds = fc.record({
  changes,
  batchSize: fc.integer({ min: 1, max: 6 }),
  budgetBytes: fc.integer({ min: 1700, max: 5000 }),
})
type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never

/** Runs everything that is on the stream, batch by batch, until nothing is. */
async function drain(
  router: FinishedRouter,
  stream: TestStream,
  { changes: all, batchSize }: World,
): Promise<Arrival[]> {
  const arrivals: Arrival[] = []
  for (let waiting: readonly Payload[] = all; waiting.length > 0; ) {
    const { outcomes } = await router.runBatch(createFirehoseEvent(waiting.slice(0, batchSize)))
    arrivals.push(...outcomes.flatMap(arrivalOf))
    waiting = [...waiting.slice(batchSize), ...stream.items.splice(0).map(({ data }) => data)]
  }
  return arrivals
}

function arrivalOf(outcome: Outcome): Arrival[] {
  if (outcome.status !== 'delivered') return []
  const { key, version } = JSON.parse(outcome.row) as Arrival
  return [{ key, version, operation: outcome.operation as Arrival['operation'] }]
}

/** The table as Iceberg has it after all changes: the last that came decides. */
function tableAfter(arrivals: readonly Arrival[]): { [key: string]: number } {
  const rows = new Map<string, number>()
  for (const { key, version, operation } of arrivals) {
    if (operation === 'update') rows.set(key, version)
    else rows.delete(key)
  }
  return Object.fromEntries([...rows].sort())
}

const byVersion = (arrivals: readonly Arrival[]): Arrival[] => arrivals.toSorted((a, b) => a.version - b.version)

it('without unordered, the newest change of a key that is delivered decides, and none comes twice', async () => {
  const start = (stream: TestStream, responseBudgetBytes: number): FinishedRouter => {
    const options = { database: 'db', onBatch: [], reingest: stream.target, responseBudgetBytes }
    const selection = { key: 'key', version: 'version', text: 'text' } as const
    return createIcebergRouter<Change>(options)
      .on({ operation: 'update' }, { table, operation: 'update', transform: select(selection) })
      .otherwise({ table, operation: 'delete', transform: select(selection) })
  }
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const stream = createTestStream()
      const arrivals = await drain(start(stream, world.budgetBytes), stream, world)
      expect(arrivals).toEqual(byVersion(arrivals))
      expect(new Set(arrivals.map(({ version }) => version)).size).toBe(arrivals.length)
    }),
    { numRuns: runs(500, 50) },
  )
})

it('with unordered, every change comes once, the table may hold an older one, and versions show the newest', async () => {
  const start = (stream: TestStream, responseBudgetBytes: number): FinishedRouter => {
    const overflow = 'reingest' as const
    const options = {
      database: 'db',
      onBatch: [],
      reingest: stream.target,
      responseBudgetBytes,
      overflow,
      unordered: true,
    }
    return createIcebergRouter<Change>(options).otherwise({
      table,
      operation: ({ operation }) => operation,
      transform: ({ key, version, text }) => ({ key, version, text }),
    })
  }
  let isOlder = false
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const stream = createTestStream()
      // Of six rows at least three fit, so that none is put back more often than three times.
      const budgetBytes = world.budgetBytes + 3800
      const arrivals = await drain(start(stream, budgetBytes), stream, world)
      const expected = world.changes.map(({ key, version, operation }) => ({ key, version, operation }))
      expect(byVersion(arrivals)).toEqual(expected)
      expect(tableAfter(byVersion(arrivals))).toEqual(tableAfter(expected))
      isOlder ||= JSON.stringify(tableAfter(arrivals)) !== JSON.stringify(tableAfter(expected))
    }),
    { numRuns: runs(500, 50) },
  )
  expect(isOlder).toBe(true)
})
