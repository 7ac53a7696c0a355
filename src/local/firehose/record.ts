import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { IcebergRouterError } from '../../error.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import { MAX_RECORD_BYTES } from '../../firehose/limits.ts'
import { SOURCE_SHAPES } from '../../firehose/source.ts'
import { typeName } from '../../table/wrong-type.ts'
import type { TakenRecord } from '../server/stream.ts'
import type { FirehoseSettings } from './firehose-settings.ts'
import { originOf } from './origin.ts'

/** A record on its way through the stream: what the handler gets, and what it weighs. */
export interface SourceRecord {
  readonly wire: FirehoseRecord
  /** How many records were put before it; of a record that was put back, before the one that it comes from. */
  readonly sequence: number
  /** The original payload in base64. */
  readonly rawData: string
  /** The payload before base64. */
  readonly payloadBytes: number
  /** The record in the request, with the comma after it. */
  readonly requestBytes: number
}

/** Makes the records of a stream. */
export interface RecordMaker {
  /** A record that was put. */
  readonly put: (payload: Buffer) => SourceRecord
  /** A record that a router put back. */
  readonly putBack: (taken: Pick<TakenRecord, 'data' | 'partitionKey'>) => SourceRecord
}

/** Records that were put back are counted from here, so that the numbers of the others are their places in the order of `put`. */
const FIRST_PUT_BACK = 5_000_000_000_000_000

/** Makes records as the source of the stream does, with ids that no other run has. */
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
    // As long as Firehose's own ids (56 digits), because a response is measured with the ids in it.
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

/** The number in an id of this run. */
function sequenceOf(recordId: string | undefined, prefix: string): number | undefined {
  const digits = recordId?.startsWith(prefix) ? recordId.slice(prefix.length, prefix.length + SEQUENCE_DIGITS) : ''
  return /^\d{16}$/.test(digits) ? Number(digits) : undefined
}

/**
 * Takes the payload of a record as `PutRecord` does.
 *
 * @throws IcebergRouterError `InvalidEvent` for anything but bytes or text, and for more than 1,000 KiB
 */
export function toPayload(payload: unknown): Buffer {
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array)) {
    throw new IcebergRouterError('InvalidEvent', `expected bytes or a string as a record, got ${typeName(payload)}`)
  }
  const bytes = Buffer.from(payload)
  if (bytes.length <= MAX_RECORD_BYTES) return bytes
  throw tooLargeRecord(bytes.length)
}

/** The error of a record that is larger than Firehose takes. */
export function tooLargeRecord(sizeBytes: number): IcebergRouterError {
  const size = `has ${sizeBytes} bytes, and Firehose takes at most ${MAX_RECORD_BYTES} (1,000 KiB)`
  return new IcebergRouterError('InvalidEvent', `the record ${size}: split it, or keep its bulk elsewhere`)
}

/** 38 digits that belong to one run, so that ids of an earlier run never come again. */
function runDigits(id: string): string {
  const hash = createHash('sha256').update(id).digest('hex')
  return BigInt(`0x${hash}`).toString().padStart(38, '0').slice(-38)
}
