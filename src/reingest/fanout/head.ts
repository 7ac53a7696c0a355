import { Buffer } from '../../firehose/buffer.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import { OPERATIONS, type Operation } from '../../firehose/response.ts'
import { recordWithMetadata, type SourceMetadata, sourceMetadataOf } from '../../firehose/stream-source.ts'
import type { Lineage } from '../../router/model.ts'

/** The head of an envelope that holds a row. */
export interface RowHead {
  readonly kind: 'row'
  /** The id under which the row's record first arrived. */
  readonly origin: string
  readonly index: number
  readonly hops: number
  readonly database: string
  readonly table: string
  readonly operation: Operation
}

/** The head of an envelope that holds a whole record: enough to show it to its transform as it first arrived. */
export interface RecordHead {
  readonly kind: 'record'
  readonly origin: string
  readonly hops: number
  readonly arrivedAt: number
  /** The body is the payload in base64; by default it is the payload as text. */
  readonly encoding?: 'base64'
  readonly kinesis?: Metadata
  readonly msk?: Metadata
}

type Metadata = { readonly [key: string]: string | number }

/** Makes the head of a record that is put back, one hop further. */
export function recordHead({ record, hops }: Extract<Lineage, { kind: 'record' }>): RecordHead {
  const { recordId, approximateArrivalTimestamp } = record
  const { kinesis, msk } = sourceMetadataOf(record)
  return {
    kind: 'record',
    origin: recordId,
    hops: hops + 1,
    arrivedAt: approximateArrivalTimestamp,
    ...(kinesis !== undefined && { kinesis: { ...kinesis } }),
    ...(msk !== undefined && { msk: { ...msk } }),
  }
}

/** Parses the head of an envelope; undefined if it is invalid. */
export function parseHead(text: string): RowHead | RecordHead | undefined {
  let head: unknown
  try {
    head = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof head !== 'object' || head === null) return undefined
  const { kind, origin, hops, ...rest } = head as { readonly [key: string]: unknown }
  if (typeof origin !== 'string' || !isCount(hops) || hops === 0) return undefined
  if (kind === 'row') return parseRowHead(origin, hops, rest)
  return kind === 'record' ? parseRecordHead(origin, hops, rest) : undefined
}

function parseRowHead(origin: string, hops: number, rest: { readonly [key: string]: unknown }): RowHead | undefined {
  const { index, database, table } = rest
  const operation = OPERATIONS.find((name) => name === rest['operation'])
  if (!isCount(index) || typeof database !== 'string' || typeof table !== 'string') return undefined
  return operation && { kind: 'row', origin, index, hops, database, table, operation }
}

function parseRecordHead(
  origin: string,
  hops: number,
  rest: { readonly [key: string]: unknown },
): RecordHead | undefined {
  const { arrivedAt, encoding, kinesis, msk } = rest
  if (encoding !== undefined && encoding !== 'base64') return undefined
  if (typeof arrivedAt !== 'number' || !isMetadata(kinesis) || !isMetadata(msk)) return undefined
  return {
    kind: 'record',
    origin,
    hops,
    arrivedAt,
    ...(encoding && { encoding }),
    ...(kinesis && { kinesis }),
    ...(msk && { msk }),
  }
}

/** Restores the record as it first arrived from the body of its envelope. */
export function toOrigin({ origin, arrivedAt, encoding, kinesis, msk }: RecordHead, body: string): FirehoseRecord {
  const payload = encoding === 'base64' ? body : Buffer.from(body, 'utf8').toString('base64')
  // The metadata is passed on as it came: isMetadata has made sure that it holds strings and numbers only.
  const metadata = { kinesis, msk } as unknown as SourceMetadata
  return recordWithMetadata({ recordId: origin, approximateArrivalTimestamp: arrivedAt }, metadata, payload)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isMetadata(value: unknown): value is Metadata | undefined {
  if (value === undefined) return true
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).every((field) => typeof field === 'string' || typeof field === 'number')
}
