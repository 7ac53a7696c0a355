import { PutRecordBatchCommand } from '@aws-sdk/client-firehose'
import { PutRecordsCommand } from '@aws-sdk/client-kinesis'
import { describe, expect, it } from 'vitest'
import type { Fault, FaultSchedule } from '../../src/local/server/fault.ts'
import { createFirehoseTarget, createKinesisTarget, type ReingestContext } from '../../src/reingest/index.ts'
import { sdkError } from '../../src/reingest/sdk-error.ts'
import { startCloud } from '../local/server/support.ts'
import { createVirtualClock } from './support/clock.ts'
import { SERVICES } from './support/services.ts'
import { createWire } from './support/wire.ts'

const ARN = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/events'
const KINESIS_ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream/events'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const unused = { send: () => Promise.reject(new Error('no call was to be made')) }
/** A client that writes down what it is given, and always answers the same. */
const recording = (sent: unknown[], answer: unknown) => ({
  send: async (command: object) => {
    sent.push(command)
    return answer
  },
})
const call: ReingestContext = { deliveryStreamArn: ARN, remainingMs: () => 10_000 }
const fromKinesis: ReingestContext = { ...call, sourceKinesisStreamArn: KINESIS_ARN }

describe('what goes out', () => {
  it('to Firehose is a PutRecordBatch to the stream that the invocation names', async () => {
    const sent: unknown[] = []
    const target = createFirehoseTarget({
      client: recording(sent, { RequestResponses: [{ RecordId: '1' }] }),
    })
    expect(await target.put([{ data: bytes('a') }], call)).toEqual([{ accepted: true }])
    expect(sent).toEqual([expect.any(PutRecordBatchCommand)])
    expect(sent).toMatchObject([{ input: { DeliveryStreamName: 'events', Records: [{ Data: bytes('a') }] } }])
  })

  it('to Kinesis is a PutRecords to the source, under the keys that the records had', async () => {
    const sent: unknown[] = []
    const target = createKinesisTarget({
      client: recording(sent, { Records: [{ SequenceNumber: '1' }] }),
    })
    expect(await target.put([{ data: bytes('a'), partitionKey: 'k' }], fromKinesis)).toEqual([{ accepted: true }])
    expect(sent).toEqual([expect.any(PutRecordsCommand)])
    const Records = [{ Data: bytes('a'), PartitionKey: 'k' }]
    expect(sent).toMatchObject([{ input: { StreamARN: KINESIS_ARN, Records } }])
  })
})

describe('without a call', () => {
  const msk = { ...call, sourceMSKArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/c/u-1' }
  const [firehose, kinesis] = [createFirehoseTarget({ client: unused }), createKinesisTarget({ client: unused })]
  const key = (partitionKey?: string) => ({ data: bytes('a'), ...(partitionKey !== undefined && { partitionKey }) })

  it.each([
    ['an MSK source', firehose, msk, key(), /^MskSource:pass-a-custom-target-[\w.:-]+$/],
    ['an MSK source', kinesis, msk, key('k'), /^MskSource:pass-a-custom-target-[\w.:-]+$/],
    ['a Kinesis source, to Firehose', firehose, fromKinesis, key('k'), /^KinesisSource:use-createKinesisTarget$/],
    ['a Direct PUT, to Kinesis', kinesis, call, key('k'), /^NoKinesisSource:use-createFirehoseTarget$/],
    ['an invalid ARN', firehose, { ...call, deliveryStreamArn: 'a' }, key(), /^InvalidDeliveryStreamArn$/],
    ['no partition key', kinesis, fromKinesis, key(), /^InvalidPartitionKey$/],
    ['an empty partition key', kinesis, fromKinesis, key(''), /^InvalidPartitionKey$/],
    ['a partition key of 257 characters', kinesis, fromKinesis, key('k'.repeat(257)), /^InvalidPartitionKey$/],
    ['a record over 1,000 KiB', firehose, call, { data: new Uint8Array(1_024_001) }, /^RecordTooLarge$/],
    [
      'a record over 1 MiB with its key',
      kinesis,
      fromKinesis,
      { data: new Uint8Array(1_048_575), partitionKey: 'é' },
      /^RecordTooLarge$/,
    ],
    ['no time', firehose, { ...call, remainingMs: () => 0 }, key(), /^DeadlineExceeded$/],
    ['a clock that returns NaN', firehose, { ...call, remainingMs: () => Number.NaN }, key(), /^DeadlineExceeded$/],
  ])('%s is answered', async (_, target, given, item, reason) => {
    const expected = { accepted: false, reason: expect.stringMatching(reason) }
    expect(await target.put([item, item], given)).toEqual([expected, expected])
  })

  it('answers nothing if there is nothing to put', async () => {
    expect(await firehose.put([], msk)).toEqual([])
  })
})

describe('of exactly the limit', () => {
  const accepting = (list: string, id: string) => ({
    send: async ({ input }: { readonly input: { readonly Records: readonly unknown[] } }) => ({
      [list]: input.Records.map(() => ({ [id]: '1' })),
    }),
  })
  const kinesis = createKinesisTarget({ client: accepting('Records', 'SequenceNumber') })
  const firehose = createFirehoseTarget({ client: accepting('RequestResponses', 'RecordId') })

  it.each([
    ['a partition key of 256 characters', kinesis, fromKinesis, { data: bytes('a'), partitionKey: 'k'.repeat(256) }],
    ['a record of 1 MiB with its key', kinesis, fromKinesis, { data: new Uint8Array(1_048_574), partitionKey: 'é' }],
    ['a record of 1,000 KiB', firehose, call, { data: new Uint8Array(1_024_000) }],
  ])('%s is accepted', async (_, target, given, item) => {
    expect(await target.put([item], given)).toEqual([{ accepted: true }])
  })

  it.each([
    ['a name of 64 characters', `${ARN.slice(0, -6)}${'s'.repeat(64)}`, true],
    ['a name of 65 characters', `${ARN.slice(0, -6)}${'s'.repeat(65)}`, false],
    ['a name with a slash', `${ARN}/x`, false],
    ['something before it', `x${ARN}`, false],
    ['an account of 13 digits', ARN.replace('111122223333', '1111222233334'), false],
    ['another partition and region', ARN.replace('aws:', 'aws-cn:').replace('us-east-1', 'cn-north-1'), true],
  ])('an ARN with %s', async (_, deliveryStreamArn, accepted) => {
    expect(await firehose.put([{ data: bytes('a') }], { ...call, deliveryStreamArn })).toMatchObject([{ accepted }])
  })
})

it('a target accepts larger records if the stream does', async () => {
  const clock = createVirtualClock()
  const client = { send: async () => ({ Records: [{ SequenceNumber: '1' }] }) }
  const target = createKinesisTarget({ client, clock, maxRecordBytes: 2_000_001 })
  const item = (size: number) => ({ data: new Uint8Array(size), partitionKey: 'k' })
  expect(await clock.run(target.put([item(2_000_000)], fromKinesis))).toEqual([{ accepted: true }])
  expect(await clock.run(target.put([item(2_000_001)], fromKinesis))).toMatchObject([{ reason: 'RecordTooLarge' }])
})

describe.each(SERVICES)('in virtual time, $kind', ({ kind, arns, target }) => {
  const items = Array.from({ length: 3 }, (_, index) => ({ data: bytes(String(index)), partitionKey: 'k' }))
  async function put(faults: FaultSchedule, { remainingMs = 10_000, options = {} } = {}) {
    const clock = createVirtualClock()
    const wire = createWire({ kind, clock, faults })
    const left = { ...arns, remainingMs: () => remainingMs - clock.nowMs() }
    const answers = await clock.run(target(wire, { clock, ...options }).put(items, left))
    return { answers, wire, tookMs: clock.nowMs() }
  }
  const accepted = items.map(() => ({ accepted: true }))
  const only =
    (fault: Fault, first = 1): FaultSchedule =>
    ({ index }) =>
      index < first ? fault : undefined

  it('sends again only the entries that failed', async () => {
    const { answers, wire } = await put(only({ kind: 'fail-entries', fails: (index) => index === 1 }))
    expect(answers).toEqual(accepted)
    expect(wire.calls.map(({ records }) => records)).toEqual([3, 1])
    expect(wire.taken).toHaveLength(3)
  })

  it('sends what failed again behind what waits, so that it holds nothing up', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => ({ data: bytes(String(index)), partitionKey: 'k' }))
    const clock = createVirtualClock()
    const faults = only({ kind: 'fail-entries', fails: (index) => index < 100 })
    const wire = createWire({ kind, clock, faults })
    const left = { ...arns, remainingMs: () => 10_000 - clock.nowMs() }
    const answers = await clock.run(target(wire, { clock, maxCallsInFlight: 1 }).put(many, left))
    expect(answers.every(({ accepted }) => accepted)).toBe(true)
    expect(wire.calls.map(({ records }) => records)).toEqual([500, 500, 300])
    const order = wire.taken.map(({ data }) => Number(new TextDecoder().decode(data)))
    const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
    expect(order).toEqual([...range(100, 1_200), ...range(0, 100)])
  })

  it('begins no call in the last 20 ms', async () => {
    expect((await put(() => undefined, { remainingMs: 269 })).wire.calls).toHaveLength(0)
    expect((await put(() => undefined, { remainingMs: 270 })).wire.calls).toHaveLength(1)
  })

  it('waits for an answer until the time of the call, or of all, is up', async () => {
    const hang = () => ({ kind: 'hang', taken: false }) as const
    const reasons = async (callTimeoutMs: number, remainingMs: number): Promise<unknown> => {
      const { answers, tookMs } = await put(hang, { remainingMs, options: { callTimeoutMs } })
      return [answers[0], tookMs]
    }
    // 250 ms are the margin.
    expect(await reasons(1_000, 1_250)).toEqual([{ accepted: false, reason: 'CallTimedOut' }, 1_000])
    expect(await reasons(1_001, 1_250)).toEqual([{ accepted: false, reason: 'DeadlineExceeded' }, 1_000])
  })

  it('never waits longer than Firehose does, without a clock of the invocation', async () => {
    const clock = createVirtualClock()
    const wire = createWire({ kind, clock, faults: () => ({ kind: 'hang', taken: false }) })
    const endless = { ...arns, remainingMs: () => Number.POSITIVE_INFINITY }
    await clock.run(target(wire, { clock, callTimeoutMs: 300_000 }).put(items, endless))
    expect(clock.nowMs()).toBe(300_000)
  })

  it('sends a throttled call again, each time after a longer pause', async () => {
    // Half of 100, 200 and 400 ms, and four calls of 20 ms.
    const { answers, wire, tookMs } = await put(only({ kind: 'throttle' }, 3))
    expect([answers, wire.calls.length, tookMs]).toEqual([accepted, 4, 50 + 100 + 200 + 4 * 20])
  })

  it.each(['AccessDeniedException', 'ValidationException', 'ResourceNotFoundException'])(
    'does not repeat what ended in %s',
    async (type) => {
      const answer = { status: 400, body: { __type: type, message: 'no' } }
      const { answers, wire } = await put(() => ({ kind: 'refuse', answer }))
      expect(answers).toEqual(items.map(() => ({ accepted: false, reason: type })))
      expect(wire.calls).toHaveLength(1)
    },
  )

  it('gives a call up that hangs, and tries again while there is time', async () => {
    const { answers, wire, tookMs } = await put(only({ kind: 'hang', taken: true }), {
      options: { callTimeoutMs: 1_000 },
    })
    expect([answers, wire.calls.length, tookMs]).toEqual([accepted, 2, 1_000 + 50 + 20])
    expect(wire.taken).toHaveLength(6)
  })

  it('leaves a service that never answers at the deadline, less the margin', async () => {
    const { answers, tookMs } = await put(() => ({ kind: 'hang', taken: false }), { remainingMs: 5_000 })
    expect(answers).toEqual(items.map(() => ({ accepted: false, reason: 'DeadlineExceeded' })))
    expect(tookMs).toBe(4_750)
  })

  it('answers with the code of the service if that is why the time ran out', async () => {
    const { answers } = await put(() => ({ kind: 'throttle' }), { remainingMs: 5_000 })
    expect(answers).toEqual(items.map(() => ({ accepted: false, reason: expect.stringMatching(/Exception$/) })))
  })

  it('ends without a clock too', async () => {
    const { answers, tookMs } = await put(() => ({ kind: 'throttle' }), { remainingMs: Number.POSITIVE_INFINITY })
    expect(answers.map((answer) => answer.accepted)).toEqual([false, false, false])
    expect(tookMs).toBeLessThanOrEqual(300_000)
  })
})

describe("through the SDK's own clients", () => {
  const items = Array.from({ length: 1_200 }, (_, index) => ({
    data: bytes(`{"n":${index}}`),
    partitionKey: `k${index % 3}`,
  }))
  const faults: readonly (Fault | undefined)[] = [
    { kind: 'throttle' },
    { kind: 'drop', taken: false },
    { kind: 'fail-entries', fails: (index) => index % 2 === 0 },
    { kind: 'drop', taken: true },
    { kind: 'hang', taken: false },
    { kind: 'late', delayMs: 30 },
  ]

  it.each(['firehose', 'kinesis'] as const)('%s: everything arrives, whatever happens on the way', async (kind) => {
    const cloud = await startCloud({ faults: ({ index }) => faults[index] })
    const options = { callTimeoutMs: 500 }
    const target =
      kind === 'firehose'
        ? createFirehoseTarget({ client: cloud.firehose, ...options })
        : createKinesisTarget({ client: cloud.kinesis, ...options })
    const answers = await target.put(items, kind === 'firehose' ? call : fromKinesis)
    expect(answers.filter(({ accepted }) => !accepted)).toEqual([])
    const taken = new Set(cloud.taken.map(({ data }) => new TextDecoder().decode(data)))
    expect(taken.size).toBe(items.length)
    const keys = kind === 'firehose' ? [undefined] : ['k0', 'k1', 'k2']
    expect([...new Set(cloud.taken.map(({ partitionKey }) => partitionKey))].sort()).toEqual(keys)
  })

  it('a server that never answers is left at the deadline', async () => {
    const cloud = await startCloud({ faults: () => ({ kind: 'hang', taken: true }) })
    // The target's clock is the test's, so that a busy machine changes nothing: time passes only while a call waits.
    const clock = createVirtualClock()
    const left = { ...call, remainingMs: () => 600 - clock.nowMs() }
    const answers = await clock.run(createFirehoseTarget({ client: cloud.firehose, clock }).put(items, left))
    expect(clock.nowMs()).toBe(350)
    expect(new Set(answers.map((answer) => 'reason' in answer && answer.reason))).toEqual(new Set(['DeadlineExceeded']))
  })
})

describe('an SDK that is not installed', () => {
  const missing = (name: string): Error =>
    Object.assign(new Error(`Cannot find package '${name}' imported from x`), { code: 'ERR_MODULE_NOT_FOUND' })

  it('is named, with the command that installs it', () => {
    expect(sdkError('@aws-sdk/client-kinesis', missing('@aws-sdk/client-kinesis'))).toMatchObject({
      code: 'MissingDependency',
      message: 'putting records back needs @aws-sdk/client-kinesis: npm install @aws-sdk/client-kinesis',
    })
  })

  it('is not one that lacks a dependency', () => {
    const broken = missing('@smithy/core')
    expect(sdkError('@aws-sdk/client-kinesis', broken)).toBe(broken)
  })
})
