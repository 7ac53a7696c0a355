import { describe, expect, it } from 'vitest'
import { compileRouter } from '../../src/router/compile-router.ts'
import { allRuns } from '../support/runs.ts'
import { bothEngines, expectAgreement } from './engines.ts'
import { COLUMN_KINDS } from './kinds.ts'
import { createMutator } from './mutate.ts'
import { randomRouter } from './routers.ts'

const routers = Array.from({ length: 400 }, (_, seed) => randomRouter(seed))
const met = new Map<string, number>()
for (const kind of routers.flatMap(({ kinds }) => kinds)) met.set(kind, (met.get(kind) ?? 0) + 1)

describe('generated routers', () => {
  it('can be built, and are the same for the same seed', () => {
    for (const { routes, ending } of routers) compileRouter({ options: { database: 'db' }, routes, otherwise: ending })
    expect(JSON.stringify(randomRouter(7))).toBe(JSON.stringify(routers[7]))
  })

  it.each(COLUMN_KINDS.map(({ name }) => name))('have columns of %s', (kind) => {
    expect(met.get(kind) ?? 0).toBeGreaterThan(30)
  })

  it.each([
    ...['path', 'constant', 'firstOf', 'orElse', 'jsonText', 'joined', 'element', 'metadata', 'no source'],
    ...['nullable', 'default', 'insert', 'update', 'delete', 'ending'],
  ])('have %s', (kind) => {
    expect(met.get(kind) ?? 0).toBeGreaterThan(40)
  })

  it('deliver most of their events, and fail the rest', async () => {
    const counts = { delivered: 0, failed: 0, dropped: 0 }
    for (const { routes, ending, bases } of routers) {
      const { plain } = bothEngines(routes, ending)
      const { runBatch } = await import('../../src/router/batch.ts')
      const records = bases.map(({ bytes }, index) => ({
        recordId: String(index),
        approximateArrivalTimestamp: 1_768_205_703_000,
        data: bytes.toString('base64'),
      }))
      const event = { invocationId: '1', deliveryStreamArn: 'arn', region: 'r', records }
      for (const { status } of (await runBatch(plain, event)).outcomes) counts[status as keyof typeof counts]++
    }
    expect(counts.delivered).toBeGreaterThan(900)
    expect(counts.failed).toBeGreaterThan(100)
    expect(counts.dropped).toBeGreaterThan(20)
  })

  it('give the same answers with both engines, even for hostile documents', { timeout: 120_000 }, async () => {
    let [taken, total] = [0, 0]
    for (const [seed, { routes, ending, bases }] of routers.slice(0, allRuns ? 150 : 40).entries()) {
      const next = createMutator(seed, bases)
      const documents = [...bases.map(({ bytes }) => bytes), ...Array.from({ length: 60 }, () => next().bytes)]
      const engines = bothEngines(routes, ending)
      await expectAgreement(engines, documents)
      taken += engines.taken()
      total += documents.length
    }
    // Otherwise nothing would have been compared.
    expect(taken / total).toBeGreaterThan(0.05)
  })
})
