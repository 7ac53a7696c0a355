import { IcebergRouterError } from '../error.ts'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../firehose/event.ts'

/**
 * Checks that Firehose sent the invocation, and returns its records. Plain records are returned as they are. If the first
 * record is not plain (an adapter or a test may use getters or a class), every field of all records is read here, once.
 *
 * @throws IcebergRouterError `InvalidEvent`
 */
export function readRecords(invocation: FirehoseTransformationEvent): readonly FirehoseRecord[] {
  const given: unknown = (invocation as { readonly records?: unknown } | null | undefined)?.records
  const records: unknown = Array.isArray(given) && !isPlain(given[0]) ? given.map(readOnce) : given
  // findIndex, not a loop: V8 would compile a loop twice in a new process, which takes longer than the check.
  if (Array.isArray(records) && records.findIndex(lacksId) === -1) return records as readonly FirehoseRecord[]
  throw new IcebergRouterError(
    'InvalidEvent',
    'expected a Firehose transformation event: an object with records, each with a recordId. Is the function invoked by something else?',
  )
}

function isPlain(record: unknown): boolean {
  if (typeof record !== 'object' || record === null) return true
  if (Object.getPrototypeOf(record) !== Object.prototype) return false
  return Object.values(Object.getOwnPropertyDescriptors(record)).every((descriptor) => 'value' in descriptor)
}

const FIELDS = [
  'recordId',
  'approximateArrivalTimestamp',
  'data',
  'kafkaRecordValue',
  'kinesisRecordMetadata',
  'mskRecordMetadata',
] as const

function readOnce(record: unknown): unknown {
  if (typeof record !== 'object' || record === null) return record
  const read = FIELDS.map((name) => [name, (record as { readonly [name: string]: unknown })[name]] as const)
  return Object.fromEntries(read.filter(([, value]) => value !== undefined))
}

function lacksId(record: unknown): boolean {
  return typeof (record as { readonly recordId?: unknown } | null | undefined)?.recordId !== 'string'
}
