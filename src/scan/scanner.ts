import { Buffer, isUtf8 } from 'node:buffer'
import { writeBase64 } from '../firehose/base64.ts'
import { payloadOf } from '../firehose/decode.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import { RESULT_AT, SLACK_BYTES, SLOTS_AT } from './layout.ts'
import { instantiate, type Machine } from './machine.ts'
import { writeMetadata } from './metadata.ts'
import { createProgram, type Program, type ScanPlan } from './program.ts'

/** Turns records into rows without making events of them. */
export interface Scanner {
  /**
   * The row of a record in base64, or undefined where the plain engine has to take the record: because its route, its
   * JSON or one of its values is not for this engine, or because it fails.
   */
  readonly scan: (record: FirehoseRecord) => string | undefined
  /** The number of the route that the last record took. */
  readonly route: () => number
}

/** Beyond that a record is the plain engine's: Lambda's request ends there. */
const MAX_BYTES = 8 * 1024 * 1024

/** Builds the scanner of a router; undefined where none of its routes is for it, or where the runtime has no SIMD. */
export function createScanner(plan: ScanPlan): Scanner | undefined {
  const program = createProgram(plan)
  if (program === undefined) return undefined
  let run: Runner | undefined
  return {
    scan: (record) => {
      // Not before the first record: what is built and never used costs nothing.
      run ??= start(program)
      return run.scan(record)
    },
    route: () => run?.route() ?? 0,
  }
}

type Runner = Scanner

function start(program: Program): Runner {
  const machine = instantiate()
  return machine === undefined ? { scan: () => undefined, route: () => 0 } : createRunner(machine, program)
}

interface Views {
  /** All of memory. */
  readonly bytes: Buffer
  readonly words: Int32Array
  /** From where records are written. */
  readonly input: Buffer
}

function createRunner({ memory, setProgram, scan }: Machine, { bytes, entry, metadata }: Program): Runner {
  const inputAt = Math.ceil((SLOTS_AT + bytes.length + SLACK_BYTES) / 16) * 16
  const view = (): Views => {
    const { buffer } = memory
    return {
      bytes: Buffer.from(buffer),
      words: new Int32Array(buffer, RESULT_AT, 2),
      input: Buffer.from(buffer, inputAt),
    }
  }
  /** Three times the record: itself, its row, and what a row may have besides, escapes and labels. */
  const reserve = (payload: string): void => {
    const missing = inputAt + payload.length * 3 + ROOM_BYTES - views.bytes.length
    if (missing <= 0) return
    memory.grow(Math.ceil(missing / PAGE_BYTES))
    views = view()
  }
  let views = view()
  if (inputAt > views.bytes.length) {
    memory.grow(Math.ceil((inputAt - views.bytes.length) / PAGE_BYTES))
    views = view()
  }
  views.bytes.set(bytes, SLOTS_AT)
  setProgram(entry)

  return {
    route: () => views.words[0] ?? 0,
    scan: (record) => {
      const payload = payloadOf(record)
      if (typeof payload !== 'string' || payload.length > MAX_BYTES) return undefined
      reserve(payload)
      const { input, bytes: all, words } = views
      const sizeBytes = writeBase64(payload, input)
      if (sizeBytes === undefined) return undefined
      if (metadata.length > 0 && !writeMetadata(all, metadata, record)) return undefined
      const output = (inputAt + sizeBytes + SLACK_BYTES * 2) & ~15
      const end = scan(inputAt, sizeBytes, output, all.length, record.approximateArrivalTimestamp)
      if (end === 0 || end - output > MAX_RECORD_BYTES) return undefined
      if (words[1] !== 0 && !isUtf8(input.subarray(0, sizeBytes))) return undefined
      return all.toString('base64', output, end)
    },
  }
}

const PAGE_BYTES = 65_536
const ROOM_BYTES = 32_768
