import type { Operation } from '../service-operation.ts'
import { putRecord } from './put-record.ts'
import { putRecordBatch } from './put-record-batch.ts'
import { putRecords } from './put-records.ts'

/** Every operation that the server has, by the `X-Amz-Target` of its calls. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['Firehose_20150804.PutRecord', putRecord],
  ['Firehose_20150804.PutRecordBatch', putRecordBatch],
  ['Kinesis_20131202.PutRecords', putRecords],
])
