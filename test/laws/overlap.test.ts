import * as fc from 'fast-check'
import {
  createIcebergRouter,
  defineTable,
  type FirehoseHandler,
  type FirehoseTransformationEvent,
  select,
  t,
} from 'firehose-iceberg-router'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { hostileStrings } from 'firehose-iceberg-router/testing/arbitraries'
import { expect, it } from 'vitest'
import { runs } from '../support/runs.ts'

const columns = { id: t.string(), text: t.string(), data: t.json() }
const first = defineTable({ name: 'first', columns })
const second = defineTable({ name: 'second', columns })
type AnyTable = typeof first

/** What a record does on its way, besides making its row. */
interface Step {
  /** Chooses the route. */
  readonly kind: 'select' | 'now' | 'later' | 'getter' | 'nested' | 'started'
  readonly text: string
  readonly turns: number
}

const steps: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Step['kind'][]>('select', 'select', 'now', 'later', 'getter', 'nested', 'started'),
  text: fc.oneof(
    hostileStrings(),
    fc.nat(400).map((length) => 'é"\\'.repeat(length)),
  ),
  turns: fc.nat(3),
})
const batches = fc.array(fc.array(steps, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 })

const selection = { id: 'text', text: 'text', data: 'turns' } as const
const rowOf = ({ text, turns }: Step): { id: string; text: string; data: object } => ({
  id: text,
  text,
  data: { turns, text },
})

/** Two routers that call each other in the middle of a row. */
function createPair(): readonly [FirehoseHandler, FirehoseHandler] {
  const handlers: FirehoseHandler[] = []
  const inner = createFirehoseEvent([
    { kind: 'select', text: 'inner "\\', turns: 0 },
    { kind: 'now', text: 'inner é', turns: 1 },
  ])
  const create = (table: AnyTable, other: () => FirehoseHandler): FirehoseHandler =>
    createIcebergRouter<Step>({ database: 'db', onBatch: [], concurrency: 2 })
      .on({ kind: 'select' }, { table, transform: select(selection) })
      .on(
        { kind: 'later' },
        {
          table,
          transform: async (step) => {
            for (let turn = 0; turn < step.turns; turn++) await undefined
            return rowOf(step)
          },
        },
      )
      .on(
        { kind: 'nested' },
        {
          table,
          transform: async (step) => {
            await other()(inner)
            return rowOf(step)
          },
        },
      )
      .otherwise({
        table,
        transform: (step) => {
          // Runs as far as it can without waiting: in the middle of this record, or even of its row.
          if (step.kind === 'started') void other()(inner)
          if (step.kind !== 'getter') return rowOf(step)
          return Object.defineProperty({ ...rowOf(step) }, 'text', {
            enumerable: true,
            get: () => {
              void other()(inner)
              return step.text
            },
          })
        },
      })
      .handler()
  handlers.push(
    create(first, () => handlers[1] as FirehoseHandler),
    create(second, () => handlers[0] as FirehoseHandler),
  )
  return handlers as unknown as readonly [FirehoseHandler, FirehoseHandler]
}

it('invocations that overlap or call each other answer as they do alone', async () => {
  const [a, b] = createPair()
  await fc.assert(
    fc.asyncProperty(batches, fc.scheduler(), async (all, scheduler) => {
      const events: [FirehoseHandler, FirehoseTransformationEvent][] = all.map((batch, index) => [
        index % 2 === 0 ? a : b,
        createFirehoseEvent(batch),
      ])
      const start = scheduler.scheduleFunction(async (index: number) => {
        const [handler, event] = events[index] as (typeof events)[number]
        return handler(event)
      })
      const running = events.map((_, index) => start(index))
      await scheduler.waitAll()
      const together = await Promise.all(running)
      const alone = []
      for (const [handler, event] of events) alone.push(await handler(event))
      expect(together).toEqual(alone)
      for (const [index, { records }] of together.entries()) {
        const texts = records.map((record) => {
          const { data = '' } = record as { readonly data?: string }
          return (JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as { readonly text: string }).text
        })
        expect(texts).toEqual((all[index] as Step[]).map(({ text }) => text))
      }
    }),
    { numRuns: runs(1000, 50) },
  )
})
