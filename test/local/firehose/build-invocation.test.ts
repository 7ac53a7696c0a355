import type { FirehoseTransformationHandler } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { FirehoseTransformationEvent } from '../../../src/firehose/event.ts'
import type { LambdaContext, Source } from '../../../src/local/index.ts'
import { answering, base64, createBench, NOW, okFor } from './support.ts'

const id = expect.stringMatching(/^49\d{54}$/)
const arrival = { approximateArrivalTimestamp: NOW }
const stream = { deliveryStreamName: 'clicks', region: 'eu-west-1', accountId: '111122223333' }
const deliveryStreamArn = 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks'

const shapes: { readonly source: Source; readonly origin: object; readonly record: object }[] = [
  { source: 'direct-put', origin: {}, record: { recordId: id, ...arrival, data: base64('{"id":1}') } },
  {
    source: 'kinesis',
    origin: { sourceKinesisStreamArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks' },
    record: {
      recordId: expect.stringMatching(/^49\d{54}000000$/),
      ...arrival,
      data: base64('{"id":1}'),
      kinesisRecordMetadata: {
        sequenceNumber: id,
        subsequenceNumber: 0,
        partitionKey: '0',
        shardId: 'shardId-000000000000',
        ...arrival,
      },
    },
  },
  {
    source: 'msk',
    origin: { sourceMSKArn: expect.stringMatching(/^arn:aws:kafka:eu-west-1:111122223333:cluster\/clicks\//) },
    record: {
      recordId: id,
      ...arrival,
      mskRecordMetadata: { offset: '0', partitionId: '0', ...arrival },
      kafkaRecordValue: base64('{"id":1}'),
    },
  },
]

test.each(shapes)('the invocation of a $source stream', async ({ source, origin, record }) => {
  const events: FirehoseTransformationEvent[] = []
  const handler = (event: FirehoseTransformationEvent) => {
    events.push(event)
    return { records: event.records.map((each) => okFor(each)) }
  }
  const { firehose } = await createBench(handler, { source, ...stream })
  await firehose.put('{"id":1}')
  await firehose.flush()
  expect(events).toStrictEqual([
    { invocationId: expect.any(String), deliveryStreamArn, region: 'eu-west-1', ...origin, records: [record] },
  ])
})

test('a retry has a new invocationId and request id, and the same records', async () => {
  const calls: { event: FirehoseTransformationEvent; context: LambdaContext }[] = []
  const { firehose, errorEntries } = await createBench(
    (event, context) => {
      calls.push({ event, context })
      throw new Error('every time')
    },
    { transform: { numberOfRetries: 2 } },
  )
  for (const id of [1, 2]) await firehose.put(`{"id":${id}}`)
  await firehose.flush()
  expect(new Set(calls.map(({ event }) => event.invocationId)).size).toBe(3)
  expect(new Set(calls.map(({ context }) => context.awsRequestId)).size).toBe(3)
  expect(new Set(calls.map(({ event }) => JSON.stringify(event.records))).size).toBe(1)
  expect((await errorEntries()).map(({ record }) => record?.attemptsMade)).toEqual([3, 3])
})

test('a batch that succeeds at the second attempt is delivered, and its failures count the attempts', async () => {
  let calls = 0
  const { firehose, errorEntries } = await createBench(
    answering((record, index) => {
      if (++calls === 1) throw new Error('once')
      return index === 0 ? okFor(record) : { recordId: record.recordId, result: 'ProcessingFailed' }
    }),
  )
  for (const id of [1, 2]) await firehose.put(`{"id":${id}}`)
  expect(await firehose.flush()).toMatchObject({ delivered: [{ records: 1 }], failed: [{ records: 1 }] })
  expect((await errorEntries()).map(({ record }) => record?.attemptsMade)).toEqual([2])
})

test('the context is that of a Lambda function', async () => {
  let context: LambdaContext | undefined
  let now = NOW
  const handler = (event: FirehoseTransformationEvent, given: LambdaContext) => {
    context = given
    now += 400
    return { records: event.records.map((each) => okFor(each)) }
  }
  const { firehose } = await createBench(handler, { ...stream, clock: () => now, transform: { timeoutMs: 1000 } })
  await firehose.put('{"id":1}')
  await firehose.flush()
  expect(context).toMatchObject({
    functionName: 'clicks-transform',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:clicks-transform:$LATEST',
    memoryLimitInMB: '1024',
    logStreamName: '2026/01/31/[$LATEST]local',
  })
  expect(context?.getRemainingTimeInMillis()).toBe(600)
})

test('ids of two runs differ', async () => {
  const ids = new Set<string>()
  const handler = answering((record) => {
    ids.add(record.recordId)
    return okFor(record)
  })
  for (const run of [1, 2]) {
    const { firehose } = await createBench(handler)
    await firehose.put(`{"id":${run}}`)
    await firehose.close()
  }
  expect(ids.size).toBe(2)
})

test('a handler typed by @types/aws-lambda is accepted', async () => {
  const handler: FirehoseTransformationHandler = async (event) => ({
    records: event.records.map(({ recordId, data }) => ({ recordId, result: 'ProcessingFailed', data })),
  })
  const { firehose } = await createBench(handler)
  await firehose.put('{"id":1}')
  expect(await firehose.close()).toMatchObject({ failed: [{ errorCode: 'Lambda.ProcessingFailedStatus', records: 1 }] })
})
