import {
  type BatchReport,
  createEmfReporter,
  createIcebergRouter,
  defineTable,
  type EmfOptions,
  isIcebergRouterError,
  t,
} from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { eventOf } from '../support/events.ts'
import { emfProblems } from './emf-rules.ts'

const log = defineTable({ name: 'log', columns: { id: t.string() } })

/** A report as a router makes it. */
async function reportOf(): Promise<BatchReport> {
  const router = createIcebergRouter({ database: 'db', onBatch: [] })
    .on({ id: 'drop' }, 'drop')
    .otherwise({ table: log, transform: ({ id }) => ({ id: id as string }) })
  return (await router.runBatch(eventOf([{ id: 'a' }, { id: 'b' }, { id: 'drop' }, { id: 7 }, 'secret']))).report
}

function linesOf(report: BatchReport, options: Partial<EmfOptions> = {}): string[] {
  const lines: string[] = []
  createEmfReporter({
    namespace: 'Events/Router',
    now: () => 1_760_000_000_000,
    write: (line) => lines.push(line),
    ...options,
  })(report)
  return lines
}

describe('the EMF reporter', () => {
  it('writes one line for each invocation, which CloudWatch accepts', async () => {
    const report = await reportOf()
    const lines = linesOf(report, { dimensions: { Stream: 'events', Stage: 'test' } })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^[^\n]*\n$/)
    const line = JSON.parse(lines[0] ?? '')
    expect(emfProblems(line)).toEqual([])
    expect(line).toMatchObject({
      _aws: {
        Timestamp: 1_760_000_000_000,
        CloudWatchMetrics: [{ Namespace: 'Events/Router', Dimensions: [['Stream', 'Stage']] }],
      },
      Stream: 'events',
      Records: 5,
      Delivered: 2,
      Dropped: 1,
      Failed: 2,
      DeadLettered: 0,
      Reingested: 0,
      ExtraRows: 0,
      'Delivered.log.insert': 2,
      'Failed.WrongType': 1,
      'Failed.InvalidJson': 1,
      ResponseBytes: report.responseBytes,
      ResponseBudgetUsed: (report.responseBytes / 6_000_000) * 100,
      LargestRowBytes: '{"id":"a"}'.length,
    })
    expect(line.Duration).toBeGreaterThan(0)
    expect(lines[0]).not.toContain('secret')
  })

  it('spreads more than 100 metrics over several directives', async () => {
    const tables = Array.from({ length: 250 }, (_, index) => ({
      table: `t${index}`,
      operation: 'insert' as const,
      rows: index,
    }))
    const line = JSON.parse(linesOf({ ...(await reportOf()), tables })[0] ?? '')
    expect(emfProblems(line)).toEqual([])
    expect(line._aws.CloudWatchMetrics).toHaveLength(3)
    expect(line['Delivered.t249.insert']).toBe(249)
  })

  it.each<[string, Partial<EmfOptions>, RegExp]>([
    ['no namespace', { namespace: '' }, /namespace/],
    ['a namespace of AWS', { namespace: 'AWS/Firehose' }, /namespace/],
    [
      '31 dimensions',
      { dimensions: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`d${i}`, 'x'])) },
      /expected at most 30 dimensions, got 31/,
    ],
    ['an unknown option', { metrics: 1 } as object, /unknown option "metrics"/],
    ['a clock that is a number', { now: 1 as never }, /now: expected a function, got 1/],
    ['an empty value', { dimensions: { Stage: '' } }, /dimensions.Stage/],
    ['a value that is not a string', { dimensions: { Stage: 1 as unknown as string } }, /dimensions.Stage/],
    ['the name of a metric', { dimensions: { Failed: 'x' } }, /already has a member of this name/],
    ['the name of metadata', { dimensions: { _aws: 'x' } }, /already has a member of this name/],
    ['a name with a colon', { dimensions: { ':a': 'x' } }, /expected names of 1 to 250/],
  ])('refuses %s when it is made', (_, options, problem) => {
    try {
      createEmfReporter({ namespace: 'Events', ...options })
      expect.unreachable()
    } catch (error) {
      expect(isIcebergRouterError(error) && error.problems.join('\n')).toMatch(problem)
    }
  })
})

describe('the rules themselves', () => {
  it.each<[string, object]>([
    ['no metadata', {}],
    ['a timestamp that is a string', { _aws: { Timestamp: '1', CloudWatchMetrics: [] } }],
    [
      'a metric without a value',
      { _aws: { Timestamp: 1, CloudWatchMetrics: [{ Namespace: 'n', Dimensions: [[]], Metrics: [{ Name: 'a' }] }] } },
    ],
    [
      'a metric that is a string',
      {
        _aws: { Timestamp: 1, CloudWatchMetrics: [{ Namespace: 'n', Dimensions: [[]], Metrics: [{ Name: 'a' }] }] },
        a: '1',
      },
    ],
    [
      'an unknown unit',
      {
        _aws: {
          Timestamp: 1,
          CloudWatchMetrics: [{ Namespace: 'n', Dimensions: [[]], Metrics: [{ Name: 'a', Unit: 'ms' }] }],
        },
        a: 1,
      },
    ],
    [
      'a dimension without a value',
      {
        _aws: { Timestamp: 1, CloudWatchMetrics: [{ Namespace: 'n', Dimensions: [['d']], Metrics: [{ Name: 'a' }] }] },
        a: 1,
      },
    ],
  ])('find %s', (_, line) => {
    expect(emfProblems(line)).not.toEqual([])
  })
})
