import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { IcebergRouterError } from '../../error.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import { MAX_RECORD_BYTES } from '../../firehose/limits.ts'
import { typeName } from '../../table/wrong-type.ts'
import { SHAPES } from './event.ts'
import type { Settings } from './options.ts'

/** A record on its way through the stream: what the handler gets, and what it weighs. */
export interface SourceRecord {
  readonly wire: FirehoseRecord
  /** How many records were taken before it. */
  readonly sequence: number
  /** The original payload in base64. */
  readonly rawData: string
  /** The payload before base64. */
  readonly payloadBytes: number
  /** The record in the request, with the comma after it. */
  readonly requestBytes: number
}

/** Makes records as the source of the stream does, with ids that no other run has. */
export function createRecordMaker({
  source,
  clock,
  newId,
}: Pick<Settings, 'source' | 'clock' | 'newId'>): (payload: Buffer) => SourceRecord {
  const run = runDigits(newId())
  let count = 0
  return (payload) => {
    const sequence = count++
    const rawData = payload.toString('base64')
    // As long as Firehose's own ids (56 digits), because a response is measured with the ids in it.
    const sequenceNumber = `49${run}${String(sequence).padStart(16, '0')}`
    const wire = SHAPES[source].toRecord({ sequenceNumber, sequence, arrivedAt: clock(), rawData })
    const requestBytes = Buffer.byteLength(JSON.stringify(wire), 'utf8') + 1
    return { wire, sequence, rawData, payloadBytes: payload.length, requestBytes }
  }
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
  const size = `has ${bytes.length} bytes, and Firehose takes at most ${MAX_RECORD_BYTES} (1,000 KiB)`
  throw new IcebergRouterError('InvalidEvent', `the record ${size}: split it, or keep its bulk elsewhere`)
}

/** 38 digits that belong to one run, so that ids of an earlier run never come again. */
function runDigits(id: string): string {
  const hash = createHash('sha256').update(id).digest('hex')
  return BigInt(`0x${hash}`).toString().padStart(38, '0').slice(-38)
}
