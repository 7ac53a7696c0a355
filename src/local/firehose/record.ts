import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { IcebergRouterError } from '../../error.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import { MAX_RECORD_BYTES } from '../../firehose/limits.ts'
import { SOURCE_SHAPES } from '../../firehose/stream-source.ts'
import { typeName } from '../../table/wrong-type.ts'
import type { TakenRecord } from '../server/stream.ts'
import type { FirehoseSettings } from './firehose-settings.ts'
import { originOf } from './source-arns.ts'

/** A record in the stream, with its sizes. */
export interface SourceRecord {
  readonly wire: FirehoseRecord
  /** How many records were put before it; for a record that was put back, before the one that it comes from. */
  readonly sequence: number
  /** The original payload in base64. */
  readonly rawData: string
  /** The size of the payload before base64. */
  readonly payloadBytes: number
  /** The size of the record in the request, with the comma after it. */
  readonly requestBytes: number
}

/** Makes the records of a stream. */
export interface RecordMaker {
  /** Makes a record that was put. */
  readonly put: (payload: Buffer) => SourceRecord
  /** Makes a record that a router put back. */
  readonly putBack: (taken: Pick<TakenRecord, 'data' | 'partitionKey'>) => SourceRecord
}

/** The first number of records that were put back. Other records are numbered from 0, in the order of `put`. */
const FIRST_PUT_BACK = 5_000_000_000_000_000

/** Creates a maker of records in the shape of the stream's source, with ids that are unique to this run. */
export function createRecordMaker({
  source,
  clock,
  newId,
}: Pick<FirehoseSettings, 'source' | 'clock' | 'newId'>): RecordMaker {
  const prefix = `49${runDigits(newId())}`
  let [puts, putBacks] = [0, FIRST_PUT_BACK]

  function make(payload: Buffer, number: number, from: { sequence: number; partitionKey?: string }): SourceRecord {
    const { sequence, partitionKey = String(number) } = from
    const rawData = payload.toString('base64')
    // 56 digits, like Firehose's ids, because ids count towards the size of a response.
    const sequenceNumber = `${prefix}${String(number).padStart(SEQUENCE_DIGITS, '0')}`
    const wire = SOURCE_SHAPES[source].toRecord({
      recordId: source === 'kinesis' ? `${sequenceNumber}000000` : sequenceNumber,
      sequenceNumber,
      index: number,
      partitionKey,
      arrivedAt: clock(),
      payload: rawData,
    })
    const requestBytes = Buffer.byteLength(JSON.stringify(wire), 'utf8') + 1
    return { wire, sequence, rawData, payloadBytes: payload.length, requestBytes }
  }

  return {
    put: (payload) => make(payload, puts, { sequence: puts++ }),
    putBack({ data, partitionKey }) {
      const number = putBacks++
      const sequence = sequenceOf(originOf(data), prefix) ?? number
      return make(Buffer.from(data), number, { sequence, ...(partitionKey !== undefined && { partitionKey }) })
    },
  }
}

const SEQUENCE_DIGITS = 16

/** Reads the number from an id of this run. */
function sequenceOf(recordId: string | undefined, prefix: string): number | undefined {
  const digits = recordId?.startsWith(prefix) ? recordId.slice(prefix.length, prefix.length + SEQUENCE_DIGITS) : ''
  return /^\d{16}$/.test(digits) ? Number(digits) : undefined
}

/**
 * Checks the payload of a record as `PutRecord` does, and returns its bytes.
 *
 * @throws IcebergRouterError `InvalidEvent` for anything but bytes or a string, and for more than 1,000 KiB
 */
export function toPayload(payload: unknown): Buffer {
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array)) {
    throw new IcebergRouterError('InvalidEvent', `expected bytes or a string as a record, got ${typeName(payload)}`)
  }
  const bytes = Buffer.from(payload)
  if (bytes.length <= MAX_RECORD_BYTES) return bytes
  throw tooLargeRecord(bytes.length)
}

/** Makes the error of a record that is too large for Firehose. */
export function tooLargeRecord(sizeBytes: number): IcebergRouterError {
  const size = `has ${sizeBytes} bytes, and Firehose takes at most ${MAX_RECORD_BYTES} (1,000 KiB)`
  return new IcebergRouterError('InvalidEvent', `the record ${size}: split it, or keep its bulk elsewhere`)
}

/** Makes 38 digits that are unique to one run, so that ids of an earlier run never come again. */
function runDigits(id: string): string {
  const hash = createHash('sha256').update(id).digest('hex')
  return BigInt(`0x${hash}`).toString().padStart(38, '0').slice(-38)
}
