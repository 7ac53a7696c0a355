import { createIcebergRouter, defineTable, select, t } from 'firehose-iceberg-router'
import { toJq } from 'firehose-iceberg-router/artefacts'
import { raw } from 'jq-wasm'
import { expect, it } from 'vitest'
import { eventOf } from '../../support/events.ts'
import { runs } from '../../support/runs.ts'
import { checkRouting } from './support.ts'

async function run(query: string, documents: readonly string[]): Promise<unknown[]> {
  const text = await raw(documents.join('\n'), query, ['-c'])
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
}

it('the query routes every event as the router does', { timeout: 60_000 }, async () => {
  await checkRouting(run, { numRuns: runs(150) })
})

it.each([{ a: { 0: 'x' } }, { a: { length: 1 } }, { a: { 0: { length: 1 } } }])(
  'neither looks into a list: %j',
  async (pattern) => {
    const table = defineTable({ name: 'taken', columns: { id: t.string() } })
    const router = createIcebergRouter({ database: 'db', onBatch: [] })
    const routes = router.on(pattern, { table, transform: select({ id: 'id' }) })
    const documents = [pattern.a, ['x'], [['x']], [{ length: 1 }], 'x', { 0: ['x'] }, { 1: 'x' }].map((a) =>
      JSON.stringify({ id: 'i', a }),
    )
    const { outcomes } = await routes.runBatch(eventOf(documents))
    expect(outcomes.map(({ status }) => status)).toEqual(['delivered', ...Array(6).fill('failed')])
    const result = toJq(createIcebergRouter({ database: 'db' }).on(pattern, { table, transform: select({ id: 'id' }) }))
    const answers = await run(result.possible ? result.query : '', documents)
    expect(answers).toEqual(
      outcomes.map(({ status }) =>
        expect.objectContaining({ destinationTableName: status === 'delivered' ? 'taken' : '' }),
      ),
    )
  },
)
