import { Buffer } from 'node:buffer'
import { MAX_KINESIS_RECORD_BYTES, MAX_PARTITION_KEY_LENGTH, PUT_RECORDS } from '../../../reingest/call-limits.ts'
import { readBlob } from '../blob.ts'
import { ACCOUNT, type Answer, failure, invalid, isAnswer, success } from '../http-response.ts'
import type { Context, Input, Operation } from '../service-operation.ts'
import type { KinesisStream, Streams } from '../stream.ts'

const SHARD = 'shardId-000000000000'
const THROTTLED = 'ProvisionedThroughputExceededException'

interface Entry {
  readonly data: Uint8Array
  readonly partitionKey: string
  readonly sizeBytes: number
}

/** `PutRecords` of Kinesis Data Streams: accepts what it can and reports the result of each record. */
export const putRecords: Operation = {
  throttled: failure(THROTTLED, 'Rate exceeded.'),
  run: (input, context) => {
    const stream = findStream(input, context.streams)
    if (isAnswer(stream)) return stream
    const entries = readEntries(input['Records'], stream.maxRecordBytes ?? PUT_RECORDS.recordBytes)
    if (isAnswer(entries)) return entries
    const Records = entries.map((entry, index) => take(entry, index, { stream, context }))
    const FailedRecordCount = Records.filter((record) => 'ErrorCode' in record).length
    return success({ EncryptionType: 'NONE', FailedRecordCount, Records })
  },
}

function findStream({ StreamARN, StreamName }: Input, streams: Streams): KinesisStream | Answer {
  const name = typeof StreamARN === 'string' ? /:stream\/([\w.-]{1,128})$/.exec(StreamARN)?.[1] : StreamName
  if (typeof name !== 'string') return failure('InvalidArgumentException', 'Either StreamARN or StreamName is needed.')
  const missing = `Stream ${name} under account ${ACCOUNT} not found.`
  return streams.kinesis(name) ?? failure('ResourceNotFoundException', missing)
}

function take(
  { data, partitionKey }: Entry,
  index: number,
  { stream, context }: { stream: KinesisStream; context: Context },
): object {
  if (context.fails(index)) {
    const ErrorMessage = `Rate exceeded for shard ${SHARD} in stream ${stream.name} under account ${ACCOUNT}.`
    return { ErrorCode: THROTTLED, ErrorMessage }
  }
  const id = context.nextId()
  stream.take({ id, data, partitionKey })
  return { SequenceNumber: id, ShardId: SHARD }
}

function readEntries(value: unknown, maxRecordBytes: number): Entry[] | Answer {
  const { callRecords, callBytes } = PUT_RECORDS
  if (!Array.isArray(value) || value.length === 0) {
    return invalid('records', 'Member must have length greater than or equal to 1')
  }
  if (value.length > callRecords) {
    return invalid('records', `Member must have length less than or equal to ${callRecords}`)
  }
  const entries: Entry[] = []
  for (const [index, member] of value.entries()) {
    const entry = readEntry(member, `records.${index + 1}.member`)
    if (isAnswer(entry)) return entry
    if (entry.sizeBytes > maxRecordBytes) return failure('InvalidArgumentException', tooLarge(maxRecordBytes))
    entries.push(entry)
  }
  const sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0)
  return sizeBytes > callBytes ? failure('InvalidArgumentException', 'Records size exceeds 10 MB limit') : entries
}

/** Makes the message for a record over the stream's own limit; Kinesis's own words for it are not documented. */
function tooLarge(maxRecordBytes: number): string {
  return `A record with its partition key may have ${maxRecordBytes} bytes.`
}

function readEntry(member: unknown, path: string): Entry | Answer {
  const { Data, PartitionKey }: Input = typeof member === 'object' && member !== null ? { ...member } : {}
  if (Data === undefined) return invalid(`${path}.data`, 'Member must not be null')
  const blob = readBlob(Data)
  if (isAnswer(blob)) return blob
  if (blob.data.byteLength > MAX_KINESIS_RECORD_BYTES) {
    return invalid(`${path}.data`, `Member must have length less than or equal to ${MAX_KINESIS_RECORD_BYTES}`)
  }
  if (typeof PartitionKey !== 'string' || PartitionKey === '' || PartitionKey.length > MAX_PARTITION_KEY_LENGTH) {
    const constraint = `Member must have length from 1 to ${MAX_PARTITION_KEY_LENGTH}`
    return invalid(`${path}.partitionKey`, constraint)
  }
  const sizeBytes = blob.data.byteLength + Buffer.byteLength(PartitionKey, 'utf8')
  return { data: blob.data, partitionKey: PartitionKey, sizeBytes }
}
