import { writeBase64 } from '../firehose/base64.ts'
import { Buffer, isUtf8 } from '../firehose/buffer.ts'
import { base64Slice } from '../firehose/bytes.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import { payloadOf } from '../firehose/stream-source.ts'
import { PAGE_BYTES } from '../firehose/wasm.ts'
import type { Machine } from './machine.ts'
import { PROGRAM_AT, RESULT_AT, SLACK_BYTES } from './memory-layout.ts'
import type { Program } from './program.ts'
import { writeMetadata } from './record-metadata.ts'

/**
 * Turns a record into a row without parsing it into an event. Undefined if the plain engine has to take the record: its route,
 * its JSON or one of its values is not supported here, or it fails.
 */
export type Runner<Row> = (record: FirehoseRecord) => Row | undefined

/** The route's name and destination, copied onto each row. */
export interface RowRoute<Routing> {
  readonly name: string
  readonly routing: Routing
}

/**
 * The class of a row, whose `data` is the row in base64. A class, not a factory function, which V8 would compile as well in a
 * new process.
 */
export type RowClass<Routing, Row> = new (recordId: string, route: string, routing: Routing, data: string) => Row

/** What a {@link Runner} creates. */
export interface Product<Routing, Row> {
  /** In the order of the program's routes. */
  readonly routes: readonly RowRoute<Routing>[]
  readonly Row: RowClass<Routing, Row>
}

/** Longer base64 is left to the plain engine; a Lambda request is never that long. */
const MAX_PAYLOAD = 8 * 1024 * 1024
/** Room for what a row has beyond its record: column names, defaults, constants. */
const ROOM_BYTES = 32_768

/** Views of the memory; created again when it grows. */
interface Views {
  readonly all: Buffer
  readonly results: Int32Array
  /** The memory from the address of the record on. */
  readonly input: Buffer
}

/**
 * Loads a program into a machine's memory. Each record is decoded behind it, and its row is written behind the record.
 *
 * @throws RangeError if there is no memory for the program
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

  // One function for everything per record: a new process would compile each of ten small functions separately.
  return (record) => {
    try {
      const payload = payloadOf(record)
      if (typeof payload !== 'string' || payload.length > MAX_PAYLOAD) return undefined
      // Room for the record, its row, and as much again for escapes.
      const needed = inputAt + payload.length * 3 + ROOM_BYTES
      if (needed > views.all.length) views = grow(needed)
      const { all, input, results } = views
      const sizeBytes = writeBase64(payload, input)
      if (sizeBytes === undefined) return undefined
      if (metadata.length > 0 && !writeMetadata(all, metadata, record)) return undefined
      const output = (inputAt + sizeBytes + SLACK_BYTES * 2) & -16
      const { approximateArrivalTimestamp: arrival } = record
      // WebAssembly would convert anything else to a number.
      const arrivalMillis = typeof arrival === 'number' ? arrival : Number.NaN
      const limit = Math.min(all.length, output + MAX_RECORD_BYTES + SLACK_BYTES)
      const end = scan(inputAt, sizeBytes, output, limit, arrivalMillis)
      if (end === 0) return undefined
      if (results[1] !== 0 && !isUtf8(input.subarray(0, sizeBytes))) return undefined
      const { name, routing } = routes[results[0] as number] as RowRoute<Routing>
      return new Row(record.recordId, name, routing, base64Slice.call(all, output, end))
    } catch {
      // Out of memory, or a trap of the module: it must not fail the other records.
      return undefined
    }
  }
}
