import * as fc from 'fast-check'
import {
  type BatchReport,
  createIcebergRouter,
  createJsonReporter,
  type Failed,
  type FirehoseRecord,
  type Outcome,
} from 'firehose-iceberg-router'
import { describe, expect, it, vi } from 'vitest'
import { failed } from '../../src/outcome/outcome.ts'
import { sampleFailures } from '../../src/report/sample-failures.ts'
import { hostileFunctions } from '../laws/hostile.ts'
import { timed, useTestClock } from '../support/clock.ts'
import { eventOf } from '../support/events.ts'
import { runs } from '../support/runs.ts'

const never = new Promise(() => undefined)

describe('hooks', () => {
  it('are called for failed records, then for the batch', async () => {
    const heard: unknown[] = []
    const router = createIcebergRouter({
      database: 'db',
      onFailure: ({ failure }: Failed, record: FirehoseRecord) => heard.push([failure.code, record.recordId]),
      onBatch: [(report: BatchReport) => heard.push(report.failed), async () => heard.push('second')],
    }).on({ ok: true }, 'drop')
    await router.runBatch(eventOf([{ ok: true }, 'x', {}]))
    expect(heard).toEqual([['InvalidJson', 'record-1'], ['NoRoute', 'record-2'], 2, 'second'])
  })

  it('cannot break a batch, whatever they do', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    await fc.assert(
      fc.asyncProperty(hostileFunctions(), hostileFunctions(), async (onFailure, onBatch) => {
        const router = createIcebergRouter({ database: 'db', onFailure, onBatch: [onBatch, onBatch] }).otherwise('fail')
        expect((await router.runBatch(eventOf(['x', {}]))).response.records).toHaveLength(2)
      }),
      { numRuns: runs(1000) },
    )
    await new Promise((done) => setTimeout(done, 5))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  it('are awaited, but not for ever', async () => {
    let heard = 0
    const slow = async (): Promise<void> => {
      await new Promise((done) => setTimeout(done, 5))
      heard++
    }
    await createIcebergRouter({ database: 'db', onBatch: slow })
      .otherwise('fail')
      .runBatch(eventOf([{}]))
    expect(heard).toBe(1)
  })

  it('are called for at most 100 failed records', async () => {
    const onFailure = vi.fn()
    const router = createIcebergRouter({ database: 'db', onFailure, onBatch: [] }).otherwise('fail')
    const { report } = await router.runBatch(eventOf([...Array.from({ length: 300 }, () => 'x'), {}]))
    expect(onFailure).toHaveBeenCalledTimes(100)
    expect(onFailure.mock.calls.at(-1)?.[0]).toMatchObject({ failure: { code: 'NoRoute' } })
    expect(report.failed).toBe(301)
  })
})

describe('hooks that never end', () => {
  useTestClock()
  const stuck = createIcebergRouter({ database: 'db', onBatch: () => never, onFailure: () => never }).otherwise('fail')

  it.each([
    ['a second', 60_000, 1000],
    ['a second where just that is left', 1250, 1000],
    ['what is left if that is less, but for a quarter of the margin', 800, 700],
    ['not at all if nothing is left', 0, 0],
  ])('are awaited for %s', async (_, leftMs, expected) => {
    expect((await timed(stuck, [{}], leftMs)).tookMs).toBe(expected)
  })
})

describe('the sample of failures', () => {
  it('has each code if there is room, in order, each record once, and no more than the maximum', () => {
    const code = fc.constantFrom('NoRoute', 'InvalidJson', 'WrongType', 'NotARow')
    const outcome = code.map(
      (name, index = 0): Outcome => failed(String(index), { code: name as 'NoRoute', message: '' }),
    )
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (outcomes, max) => {
        const sample = sampleFailures(outcomes, max)
        const indices = sample.map(([, index]) => index)
        expect(sample).toHaveLength(Math.min(max, outcomes.length))
        expect(indices).toEqual([...new Set(indices)].sort((a, b) => a - b))
        for (const [failure, index] of sample) expect(outcomes[index]).toBe(failure)
        const codes = (all: readonly Outcome[]): number =>
          new Set(all.map((one) => one.status === 'failed' && one.failure.code)).size
        expect(codes(sample.map(([failure]) => failure))).toBe(Math.min(max, codes(outcomes)))
      }),
      { numRuns: runs(1000) },
    )
  })
})

describe('the JSON reporter', () => {
  it('writes one line for each invocation, without a payload', async () => {
    const lines: string[] = []
    const write = (line: string): unknown => lines.push(line)
    const onBatch = [createJsonReporter({ write, maxFailures: 1 }), createJsonReporter({ write, when: 'failures' })]
    const router = createIcebergRouter({ database: 'db', onBatch }).on({ ok: true }, 'drop')
    await router.runBatch(eventOf([{ ok: true }]))
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'INFO', dropped: 1, failures: [] })
    await router.runBatch(eventOf(['secret', {}, {}]))
    expect(lines).toHaveLength(3)
    expect(lines[1]).toMatch(/^[^\n]*\n$/)
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      level: 'ERROR',
      failed: 3,
      failures: [{ code: 'NoRoute', count: 2 }],
      failuresLeftOut: 1,
    })
    expect(lines.join('')).not.toContain('secret')
  })
})
