import { type BatchReport, createIcebergRouter } from 'firehose-iceberg-router'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { eventOf } from '../support/events.ts'

afterEach(() => vi.restoreAllMocks())

describe('the report of a batch', () => {
  it('groups failures by code, route, path and fault, the largest group first', async () => {
    const reports: BatchReport[] = []
    const router = createIcebergRouter({
      database: 'db',
      onBatch: (report) => reports.push(report),
    }).on({ a: 1 }, 'fail')
    await router.runBatch(eventOf(['x', { a: 1 }, { b: 1 }, { b: 2 }, { b: 3 }, { b: 4 }]))
    expect(reports).toHaveLength(1)
    expect(reports[0]?.failures).toEqual([
      {
        code: 'NoRoute',
        message: expect.any(String),
        path: '',
        count: 4,
        recordIds: ['record-2', 'record-3', 'record-4'],
      },
      { code: 'InvalidJson', fault: 'other', message: expect.any(String), path: '', count: 1, recordIds: ['record-0'] },
      { code: 'RouteFails', message: expect.any(String), path: '', route: 'a=1', count: 1, recordIds: ['record-1'] },
    ])
  })

  it('by default is one JSON line on standard output, and nothing if nothing failed', async () => {
    const print = vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
    const router = createIcebergRouter({ database: 'db' }).on({ ok: true }, 'drop')
    await router.runBatch(eventOf([{ ok: true }]))
    expect(print).not.toHaveBeenCalled()
    await router.runBatch(eventOf([{ ok: true }, { ok: false }]))
    expect(print).toHaveBeenCalledTimes(1)
    expect(JSON.parse(String(print.mock.calls[0]?.[0]))).toMatchObject({
      level: 'ERROR',
      records: 2,
      dropped: 1,
      failed: 1,
    })
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
  ])('does not cost the batch when its hook %s', async (_, onBatch) => {
    const router = createIcebergRouter({ database: 'db', onBatch }).otherwise('drop')
    expect((await router.runBatch(eventOf([{}]))).response.records).toHaveLength(1)
  })
})
