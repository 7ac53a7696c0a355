import { writeBase64 } from '../firehose/base64.ts'
import { Buffer, isUtf8 } from '../firehose/buffer.ts'
import { base64Slice } from '../firehose/bytes.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import { payloadOf } from '../firehose/source.ts'
import { PAGE_BYTES } from '../firehose/wasm.ts'
import { PROGRAM_AT, RESULT_AT, SLACK_BYTES } from './layout.ts'
import type { Machine } from './machine.ts'
import { writeMetadata } from './metadata.ts'
import type { Program } from './program.ts'

/**
 * Turns a record into a row without making an event of it. Undefined where the plain engine has to take the record, because
 * its route, its JSON or one of its values is not for this engine, or because it fails.
 */
export type Runner<Row> = (record: FirehoseRecord) => Row | undefined

/** What a row has of its route. */
export interface RowRoute<Routing> {
  readonly name: string
  readonly routing: Routing
}

/**
 * What is made of a record, of which `data` is the row in base64. A class, and no function that makes one, which V8 would
 * compile once more in a new process.
 */
export type RowClass<Routing, Row> = new (recordId: string, route: string, routing: Routing, data: string) => Row

/** What a {@link Runner} makes. */
export interface Product<Routing, Row> {
  /** In the order of the program's routes. */
  readonly routes: readonly RowRoute<Routing>[]
  readonly Row: RowClass<Routing, Row>
}

/** Longer base64 is the plain engine's: Lambda's request ends before that. */
const MAX_PAYLOAD = 8 * 1024 * 1024
/** What a row may have besides what is in the record: labels, defaults, constants. */
const ROOM_BYTES = 32_768

/** Memory as it is used here; made anew when it grows. */
interface Views {
  readonly all: Buffer
  readonly results: Int32Array
  /** From where records are written. */
  readonly input: Buffer
}

/**
 * Puts a program into a machine's memory. Each record is decoded behind it, and its row written behind the record.
 *
 * @throws RangeError where there is no memory for the program
 */
export function createRunner<Routing, Row>(
  { memory, setProgram, scan }: Machine,
  program: Program,
  { routes, Row }: Product<Routing, Row>,
): Runner<Row> {
  const { bytes, entry, metadata } = program
  const inputAt = Math.ceil((PROGRAM_AT + bytes.length + SLACK_BYTES) / 16) * 16

  const grow = (sizeBytes: number): Views => {
    const missing = sizeBytes - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
    return {
      all: Buffer.from(memory.buffer),
      results: new Int32Array(memory.buffer, RESULT_AT, 2),
      input: Buffer.from(memory.buffer, inputAt),
    }
  }

  let views = grow(inputAt + ROOM_BYTES)
  views.all.set(bytes, PROGRAM_AT)
  setProgram(entry)

  // All that is done for a record is in here: of ten small functions, each would be compiled by itself in a new process.
  return (record) => {
    try {
      const payload = payloadOf(record)
      if (typeof payload !== 'string' || payload.length > MAX_PAYLOAD) return undefined
      // A record, its row, and as much again for escapes.
      const needed = inputAt + payload.length * 3 + ROOM_BYTES
      if (needed > views.all.length) views = grow(needed)
      const { all, input, results } = views
      const sizeBytes = writeBase64(payload, input)
      if (sizeBytes === undefined) return undefined
      if (metadata.length > 0 && !writeMetadata(all, metadata, record)) return undefined
      const output = (inputAt + sizeBytes + SLACK_BYTES * 2) & -16
      const { approximateArrivalTimestamp: arrival } = record
      // WebAssembly would make a number of anything else.
      const arrivalMillis = typeof arrival === 'number' ? arrival : Number.NaN
      const limit = Math.min(all.length, output + MAX_RECORD_BYTES + SLACK_BYTES)
      const end = scan(inputAt, sizeBytes, output, limit, arrivalMillis)
      if (end === 0) return undefined
      if (results[1] !== 0 && !isUtf8(input.subarray(0, sizeBytes))) return undefined
      const { name, routing } = routes[results[0] as number] as RowRoute<Routing>
      return new Row(record.recordId, name, routing, base64Slice.call(all, output, end))
    } catch {
      // No more memory, or a trap of the module: whatever it is, it must not cost the other records.
      return undefined
    }
  }
}
