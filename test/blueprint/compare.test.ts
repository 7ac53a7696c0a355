import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIcebergRouter, defineTable, t } from '../../src/index.ts'
import { createFirehoseTarget, type ReingestTarget } from '../../src/reingest/index.ts'
import { createVirtualClock } from '../reingest/support/clock.ts'
import { createWire } from '../reingest/support/wire.ts'
import { createBlueprint } from './blueprint.ts'
import { TROUBLES, type Trouble } from './faults.ts'
import { runPipeline, type Tally } from './pipeline.ts'
import { withRetries } from './sdk.ts'

/** A batch that does not fit into its response. */
interface Load {
  readonly name: string
  readonly rows: number
  readonly eventBytes: number
  /** Bytes that the row has more than the event. */
  readonly grownBytes: number
}

/** Rows so large that what the blueprint does not count of its response still fits under Lambda's cap. */
const LARGE: Load = { name: '2 KB to 8 KB', rows: 1_500, eventBytes: 2_000, grownBytes: 6_000 }
/** Rows of which it does not: the blueprint's response passes the cap, and every attempt puts the overflow back again. */
const SMALL: Load = { name: '1 KB to 4 KB', rows: 3_000, eventBytes: 1_000, grownBytes: 3_000 }
/** Rows that grow by their routing alone. */
const TINY: Load = { name: '150 B, as it is', rows: 20_000, eventBytes: 150, grownBytes: 0 }

const OTF = { destinationDatabaseName: 'shop', destinationTableName: 'orders', operation: 'insert' } as const
const orders = defineTable({ name: 'orders', columns: { id: t.long(), text: t.string() } })

const payloadsOf = ({ rows, eventBytes }: Load): string[] =>
  Array.from({ length: rows }, (_, id) => {
    const text = 'x'.repeat(eventBytes - JSON.stringify({ id, text: '' }).length)
    return JSON.stringify({ id, text })
  })

const RUNS = {
  blueprint: (load: Load, { faults }: Trouble): Promise<Tally> => {
    const clock = createVirtualClock()
    const wire = createWire({ kind: 'firehose', clock, faults: faults(clock) })
    const grow = (event: string): string => event.replace('"}', `${'y'.repeat(load.grownBytes)}"}`)
    const client = withRetries(wire.client, clock)
    return runPipeline(payloadsOf(load), createBlueprint({ client, transform: grow, otfMetadata: OTF }), wire, clock)
  },
  router: (load: Load, { faults }: Trouble): Promise<Tally> => {
    const clock = createVirtualClock()
    const wire = createWire({ kind: 'firehose', clock, faults: faults(clock) })
    const target = createFirehoseTarget({ client: wire.client, clock })
    const endsAt = { ms: 0 }
    const router = createIcebergRouter<{ id: number; text: string }>({
      database: 'shop',
      reingest: inTime(target, () => endsAt.ms - clock.nowMs()),
      overflow: 'reingest',
      onBatch: () => undefined,
    }).otherwise({ table: orders, transform: ({ id, text }) => ({ id, text: text + 'y'.repeat(load.grownBytes) }) })
    const handle = router.handler()
    return runPipeline(
      payloadsOf(load),
      (event, endMs) => {
        endsAt.ms = endMs
        return handle(event)
      },
      wire,
      clock,
    )
  },
}

/** The router asks Lambda for the time that is left; here the clock of the run knows. */
function inTime(target: ReingestTarget, leftMs: () => number): ReingestTarget {
  return { ...target, put: (items, call) => target.put(items, { ...call, remainingMs: leftMs }) }
}

const lines: string[] = []
const COLUMNS: readonly (keyof Tally)[] = ['delivered', 'failed', 'gone', 'twice', 'calls', 'invocations', 'seconds']

function print(who: string, load: Load, trouble: Trouble, tally: Tally): void {
  const cells = COLUMNS.map((column) => String(tally[column]).padStart(column.length + 1))
  if (!tally.ended) cells.push('and no end')
  lines.push(`${load.name.padEnd(17)} ${trouble.name.padEnd(30)} ${who.padEnd(9)} ${cells.join(' ')}`)
}

/** Loading the SDK takes real time, in which the clock of a run would go on. */
beforeAll(() => import('@aws-sdk/client-firehose'))

afterAll(() => {
  const header = `${'rows'.padEnd(17)} ${'trouble'.padEnd(30)} ${''.padEnd(9)} ${COLUMNS.map((c) => ` ${c}`).join(' ')}`
  process.stdout.write(`\n${[header, ...lines].join('\n')}\n\n`)
})

describe('the router beside the blueprint, under the same troubles', () => {
  const [none] = TROUBLES
  const cases = [
    ...TROUBLES.map((trouble) => [LARGE, trouble] as const),
    ...[SMALL, TINY].map((load) => [load, none] as const),
  ]

  it.each(cases.map(([load, trouble]) => [load.name, trouble.name, load, trouble] as const))(
    '%s, trouble: %s',
    async (_, __, load, trouble) => {
      const blueprint = await RUNS.blueprint(load, trouble)
      print('blueprint', load, trouble, blueprint)
      const router = await RUNS.router(load, trouble)
      print('router', load, trouble, router)

      expect(router.delivered + router.failed).toBe(load.rows)
      expect([router.gone, router.ended]).toEqual([0, true])
      if (trouble.lasts !== true) expect(router.failed).toBe(0)
      if (trouble.losesAnswers !== true) expect(router.twice).toBe(0)
      // Never worse, whatever the trouble is.
      expect(router.delivered).toBeGreaterThanOrEqual(blueprint.delivered)
    },
  )
})
