import { PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose'
import { PutRecordsCommand } from '@aws-sdk/client-kinesis'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/local/server/fault.ts'
import { type Cloud, startCloud } from './support.ts'

const STREAM_ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream/events'
const bytes = (size: number): Uint8Array => new Uint8Array(size)
const text = (data: Uint8Array | undefined): string => new TextDecoder().decode(data)

/** Puts records of these sizes to Firehose. */
function putBatch(cloud: Cloud, sizes: readonly number[], stream = 'events') {
  const Records = sizes.map((size) => ({ Data: bytes(size) }))
  return cloud.firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: stream, Records }))
}

/** Puts records of these sizes to Kinesis, under keys of one byte. */
function putAll(cloud: Cloud, sizes: readonly number[], StreamARN = STREAM_ARN) {
  const Records = sizes.map((size) => ({ Data: bytes(size), PartitionKey: 'k' }))
  return cloud.kinesis.send(new PutRecordsCommand({ StreamARN, Records }))
}

describe('the local server, through the SDK', () => {
  it('takes a record', async () => {
    const cloud = await startCloud()
    const Record = { Data: new TextEncoder().encode('{"id":1}') }
    const { RecordId } = await cloud.firehose.send(new PutRecordCommand({ DeliveryStreamName: 'events', Record }))
    expect(cloud.taken.map(({ id, data }) => [id, text(data)])).toEqual([[RecordId, '{"id":1}']])
  })

  it('takes a batch, in order', async () => {
    const cloud = await startCloud()
    const { FailedPutCount, RequestResponses } = await putBatch(cloud, [1, 0, 3])
    expect(FailedPutCount).toBe(0)
    expect(RequestResponses?.map(({ RecordId }) => RecordId)).toEqual(cloud.taken.map(({ id }) => id))
    expect(cloud.taken.map(({ data }) => data.byteLength)).toEqual([1, 0, 3])
  })

  it('takes records of Kinesis with their keys, over HTTP/2, with which that client begins', async () => {
    const cloud = await startCloud()
    const { FailedRecordCount, Records } = await putAll(cloud, [1, 2])
    expect(FailedRecordCount).toBe(0)
    expect(Records?.map(({ SequenceNumber }) => SequenceNumber)).toEqual(cloud.taken.map(({ id }) => id))
    expect(cloud.taken.map(({ partitionKey }) => partitionKey)).toEqual(['k', 'k'])
  })

  it('accepts as much as the services do', async () => {
    const cloud = await startCloud()
    await putBatch(
      cloud,
      Array.from({ length: 500 }, () => 1),
    )
    await putBatch(cloud, [1_024_000, 1_024_000, 1_024_000, 1_024_000, 98_304])
    await putAll(cloud, [...Array.from({ length: 9 }, () => 1_048_575), 1_048_575])
    expect(cloud.taken).toHaveLength(500 + 5 + 10)
  })

  it.each<[string, string, (cloud: Cloud) => Promise<unknown>]>([
    ['an unknown stream', 'ResourceNotFoundException', (cloud) => putBatch(cloud, [1], 'other')],
    ['a stream with another source', 'InvalidArgumentException', (cloud) => putBatch(cloud, [1], 'from-kinesis')],
    ['an invalid name', 'ValidationException', (cloud) => putBatch(cloud, [1], 'a/b')],
    ['no records', 'ValidationException', (cloud) => putBatch(cloud, [])],
    [
      '501 records',
      'ValidationException',
      (cloud) =>
        putBatch(
          cloud,
          Array.from({ length: 501 }, () => 1),
        ),
    ],
    ['a record over 1,000 KiB', 'ValidationException', (cloud) => putBatch(cloud, [1, 1_024_001])],
    [
      'a call over 4 MiB',
      'InvalidArgumentException',
      (cloud) => putBatch(cloud, [1_024_000, 1_024_000, 1_024_000, 1_024_000, 98_305]),
    ],
    ['an unknown stream of Kinesis', 'ResourceNotFoundException', (cloud) => putAll(cloud, [1], `${STREAM_ARN}-2`)],
    [
      '501 records for Kinesis',
      'ValidationException',
      (cloud) =>
        putAll(
          cloud,
          Array.from({ length: 501 }, () => 1),
        ),
    ],
    ['a record over 1 MiB with its key', 'InvalidArgumentException', (cloud) => putAll(cloud, [1_048_576])],
    [
      'a call over 10 MiB with its keys',
      'InvalidArgumentException',
      (cloud) => putAll(cloud, [...Array.from({ length: 10 }, () => 1_048_575), 0]),
    ],
    [
      'an empty partition key',
      'ValidationException',
      ({ kinesis }) =>
        kinesis.send(new PutRecordsCommand({ StreamARN: STREAM_ARN, Records: [{ Data: bytes(1), PartitionKey: '' }] })),
    ],
  ])('refuses %s with %s and accepts nothing', async (_, name, put) => {
    const cloud = await startCloud()
    await expect(put(cloud)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } })
    expect(cloud.taken).toEqual([])
  })

  it.each<[string, RequestInit, number, string]>([
    ['another content type', { headers: { 'content-type': 'text/plain' } }, 415, 'SerializationException'],
    ['CBOR', { headers: { 'content-type': 'application/x-amz-cbor-1.1' } }, 415, 'SerializationException'],
    ['no target', {}, 400, 'UnknownOperationException'],
    ['an unknown target', { headers: { 'x-amz-target': 'constructor' } }, 400, 'UnknownOperationException'],
    ['an array', { body: '[]' }, 400, 'SerializationException'],
    ['no JSON', { body: '{' }, 400, 'SerializationException'],
    [
      'bytes that are no base64',
      { body: '{"DeliveryStreamName":"events","Records":[{"Data":"*"}]}' },
      400,
      'SerializationException',
    ],
    ['a request over 16 MiB', { body: ' '.repeat(16 * 1024 * 1024 + 1) }, 413, 'RequestEntityTooLargeException'],
  ])('refuses %s', async (what, { headers, body = '{}' }, status, type) => {
    const { endpoint } = await startCloud()
    const target = what === 'no target' ? {} : { 'x-amz-target': 'Firehose_20150804.PutRecordBatch' }
    const all = { 'content-type': 'application/x-amz-json-1.1', ...target, ...(headers as Record<string, string>) }
    const response = await fetch(endpoint, { method: 'POST', headers: all, body })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ __type: type })
  })

  it('answers only this machine', async () => {
    const { endpoint } = await startCloud()
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })
})

describe('a fault', () => {
  const first = (fault: Fault) => ({ faults: ({ index }: { index: number }) => (index === 0 ? fault : undefined) })

  it.each([
    ['Firehose', putBatch, 'ServiceUnavailableException'],
    ['Kinesis', putAll, 'ProvisionedThroughputExceededException'],
  ] as const)('throttles a call of %s, once', async (_, put, name) => {
    const cloud = await startCloud(first({ kind: 'throttle' }))
    await expect(put(cloud, [1])).rejects.toMatchObject({ name })
    await put(cloud, [1])
    expect(cloud.taken).toHaveLength(1)
  })

  it('fails some entries of a call', async () => {
    const cloud = await startCloud(first({ kind: 'fail-entries', fails: (index) => index === 1 }))
    const { FailedPutCount, RequestResponses } = await putBatch(cloud, [1, 2, 3])
    expect(FailedPutCount).toBe(1)
    expect(RequestResponses?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'ServiceUnavailableException',
      undefined,
    ])
    expect(cloud.taken.map(({ data }) => data.byteLength)).toEqual([1, 3])
  })

  it('fails some entries of Kinesis', async () => {
    const cloud = await startCloud(first({ kind: 'fail-entries', fails: (index) => index === 0 }))
    const { FailedRecordCount, Records } = await putAll(cloud, [1, 2])
    expect(FailedRecordCount).toBe(1)
    expect(Records?.[0]?.ErrorCode).toBe('ProvisionedThroughputExceededException')
    expect(cloud.taken).toHaveLength(1)
  })

  it.each([true, false])('drops the connection, records taken: %s', async (taken) => {
    for (const put of [putBatch, putAll]) {
      const cloud = await startCloud(first({ kind: 'drop', taken }))
      await expect(put(cloud, [1])).rejects.toMatchObject({ name: 'TimeoutError' })
      expect(cloud.taken).toHaveLength(taken ? 1 : 0)
    }
  })

  it.each([true, false])('hangs, records taken: %s', async (taken) => {
    // The call is given up once it has arrived, however long that takes.
    let arrive: () => void = () => undefined
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const cloud = await startCloud({
      faults: () => {
        setImmediate(arrive)
        return { kind: 'hang', taken }
      },
    })
    const command = new PutRecordBatchCommand({ DeliveryStreamName: 'events', Records: [{ Data: bytes(1) }] })
    const giveUp = new AbortController()
    const sent = cloud.firehose.send(command, { abortSignal: giveUp.signal })
    arrived.then(() => giveUp.abort())
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
    expect(cloud.taken).toHaveLength(taken ? 1 : 0)
  })

  it('answers late', async () => {
    const cloud = await startCloud(first({ kind: 'late', delayMs: 50 }))
    const startMs = performance.now()
    await putBatch(cloud, [1])
    expect(performance.now() - startMs).toBeGreaterThan(45)
  })

  it('refuses a call', async () => {
    const answer = { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }
    const cloud = await startCloud(first({ kind: 'refuse', answer }))
    await expect(putBatch(cloud, [1])).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })
})
