import { defineTable, IcebergRouterError, t } from 'firehose-iceberg-router'
import { describe, expect, it, vi } from 'vitest'
import { PendingRow } from '../../src/outcome/pending-row.ts'
import { compileDestination } from '../../src/outcome/routing.ts'
import { putRequests } from '../../src/reingest/fanout/put-requests.ts'
import type { ReingestRequest } from '../../src/reingest/fanout/reingest-request.ts'
import type { ReingestResult, ReingestTarget } from '../../src/router/target.ts'
import { passTime, useTestClock } from '../support/clock.ts'

const table = defineTable({ name: 'log', columns: { id: t.string() } })
const { routings } = compileDestination(table, { database: 'db' }, 0)
const ARNS = { deliveryStreamArn: 'arn:f', sourceKinesisStreamArn: 'arn:k', sourceMSKArn: 'arn:m' }
const invocation = { invocationId: 'i', region: 'us-east-1', records: [], ...ARNS }

function request(recordId: string, count: number, more: Partial<ReingestRequest> = {}): ReingestRequest {
  const row = new PendingRow(recordId, 'route', routings.insert, 'e30=')
  const items = Array.from({ length: count }, (_, index) => ({ data: new TextEncoder().encode(`${recordId}${index}`) }))
  return { index: 0, row, isWhole: true, hops: 1, items, ...more }
}

const accepted: ReingestResult = { accepted: true }
const refused = (reason: string): ReingestResult => ({ accepted: false, reason })

async function put(requests: readonly ReingestRequest[], answer: ReingestTarget['put'], leftMs = 1000) {
  const deadline = { putMs: () => leftMs, workMs: () => 0, elapsedMs: () => 0 }
  const target = { kind: 'reingest', put: answer } as unknown as ReingestTarget
  return putRequests(requests, { target, invocation, deadline })
}

/** Why the only request failed. */
async function failureOf(answer: ReingestTarget['put'], leftMs?: number) {
  const [outcome] = await put([request('a', 1)], answer, leftMs)
  return outcome?.status === 'failed' ? outcome.failure : undefined
}

describe('what a target answers', () => {
  it('is given all items in one call, with the streams and the time that is left', async () => {
    const call = vi.fn<ReingestTarget['put']>(async (items) => items.map(() => accepted))
    await put([request('a', 2), request('b', 1)], call)
    expect(call).toHaveBeenCalledTimes(1)
    const [items = [], context] = call.mock.calls[0] ?? []
    expect(items.map(({ data }) => new TextDecoder().decode(data))).toEqual(['a0', 'a1', 'b0'])
    expect(context).toEqual({ ...ARNS, remainingMs: expect.any(Function) })
    expect(context?.remainingMs()).toBe(1000)
  })

  it('becomes the outcome of each record by its own items', async () => {
    const answers = [accepted, accepted, refused('Throttled'), accepted, refused('Slow'), refused('Down')]
    const requests = [
      request('whole', 1),
      request('rows', 1, { isWhole: false }),
      request('some', 2, { isWhole: false }),
      request('none', 2, { isWhole: false }),
    ]
    const outcomes = await put(requests, async () => answers)
    expect(outcomes[0]).toEqual({ status: 'reingested', recordId: 'whole', route: 'route', table: 'log', hops: 2 })
    expect(outcomes[1]).toMatchObject({ status: 'delivered', recordId: 'rows', extraRows: 1 })
    expect(outcomes[2]).toMatchObject({
      status: 'failed',
      recordId: 'some',
      acceptedRows: 1,
      failure: {
        code: 'ReingestFailed',
        message: '1 of 2 could not be put back onto the stream: Throttled',
        route: 'route',
        table: 'log',
      },
    })
    expect(outcomes[3]).toMatchObject({
      failure: { message: '2 of 2 could not be put back onto the stream: Slow' },
    })
    expect(outcomes[3]).not.toHaveProperty('acceptedRows')
  })

  it.each<[string, unknown, string]>([
    ['its reason', [refused('Some.Code_1:use-this')], 'Some.Code_1:use-this'],
    ['a reason of 64 characters', [refused('x'.repeat(64))], 'x'.repeat(64)],
    ['a reason of 65 characters', [refused('x'.repeat(65))], 'NotConfirmed'],
    ['an empty reason', [refused('')], 'NotConfirmed'],
    ['a reason with white space', [refused('no code')], 'NotConfirmed'],
    ['a reason with something before it', [refused('{"a":1}x')], 'NotConfirmed'],
    ['a reason with something behind it', [refused('x{"a":1}')], 'NotConfirmed'],
    ['a reason that is not a string', [{ accepted: false, reason: 5 }], 'NotConfirmed'],
    ['a reason that only prints as one', [{ accepted: false, reason: ['Code'] }], 'NotConfirmed'],
    ['no result', [], 'NotConfirmed'],
    ['null', [null], 'NotConfirmed'],
    ['something that is only nearly true', [{ accepted: 1, reason: 'x' }], 'NotConfirmed'],
    ['no list', null, 'TargetFailed'],
    ['nothing', undefined, 'DeadlineExceeded'],
  ])('is reported only as a code: %s', async (_, results, reason) => {
    const failure = await failureOf(async () => results as ReingestResult[])
    expect(failure?.message).toBe(`1 of 1 could not be put back onto the stream: ${reason}`)
  })

  it('is an error with a code if it is one of this package, and none of its text otherwise', async () => {
    const missing = await failureOf(() => Promise.reject(new IcebergRouterError('MissingDependency', 'no')))
    expect(missing?.message).toMatch(/: TargetFailed:MissingDependency$/)
    const other = await failureOf(() => {
      throw new Error('secret')
    })
    expect(other?.message).toMatch(/: TargetFailed$/)
  })
})

describe('the time for putting back', () => {
  useTestClock()

  it('is over at zero: the target is not called', async () => {
    const call = vi.fn<ReingestTarget['put']>(async () => [accepted])
    expect((await failureOf(call, 0))?.message).toMatch(/: DeadlineExceeded$/)
    expect(call).not.toHaveBeenCalled()
    expect(await failureOf(call, 1)).toBeUndefined()
  })

  it('ends the wait for a target that never answers', async () => {
    const { tookMs, value } = await passTime(() => failureOf(() => new Promise(() => undefined), 70))
    expect(tookMs).toBe(70)
    expect(value?.message).toMatch(/: DeadlineExceeded$/)
  })
})
