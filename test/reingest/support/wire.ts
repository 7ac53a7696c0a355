import { Buffer } from 'node:buffer'
import type { FaultSchedule } from '../../../src/local/server/fault.ts'
import type { Answer } from '../../../src/local/server/http-response.ts'
import { createService } from '../../../src/local/server/service.ts'
import type { Stream, TakenRecord } from '../../../src/local/server/stream.ts'
import type { VirtualClock } from './clock.ts'

/** One call as the wire saw it. */
export interface WireCall {
  readonly records: number
  readonly bytes: number
  /** What the service took of it. */
  readonly taken: readonly TakenRecord[]
  /** Whether its answer reached the caller. */
  answered: boolean
}

/** What a client sends: the input of either service's command. */
interface Input {
  readonly Records: readonly { readonly Data: Uint8Array; readonly PartitionKey?: string }[]
}

/** The local server's services without sockets, in virtual time: a client of them, and what it saw. */
export interface Wire {
  readonly client: {
    readonly send: (
      command: { readonly input: Input },
      options?: { readonly abortSignal?: AbortSignal },
    ) => Promise<unknown>
  }
  readonly calls: WireCall[]
  readonly taken: TakenRecord[]
  /** Most calls at the same time. */
  readonly maxInFlight: () => number
}

/** Settings of {@link createWire}. */
export interface WireOptions {
  readonly kind: Stream['kind']
  readonly clock: VirtualClock
  readonly faults?: FaultSchedule
  /** What a call takes, there and back. */
  readonly latencyMs?: number
  /** A client that goes on although its call was given up. */
  readonly deaf?: boolean
}

const TARGETS = { firehose: 'Firehose_20150804.PutRecordBatch', kinesis: 'Kinesis_20131202.PutRecords' }

export function createWire({ kind, clock, faults, latencyMs = 20, deaf = false }: WireOptions): Wire {
  const calls: WireCall[] = []
  const taken: TakenRecord[] = []
  const streams = [{ kind, name: 'events', take: (record: TakenRecord) => void taken.push(record) }]
  const service = createService({ streams, ...(faults && { faults }) })
  let inFlight = 0
  let maxInFlight = 0
  const exchange = async (input: Input): Promise<unknown> => {
    const before = taken.length
    const reply = service({ target: TARGETS[kind], input: toJson(input) })
    const call: WireCall = { ...measure(input), taken: taken.slice(before), answered: false }
    calls.push(call)
    await clock.sleep(latencyMs)
    if (reply.kind === 'drop') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    if (reply.kind === 'hang') return new Promise(() => undefined)
    await clock.sleep(reply.delayMs)
    return () => {
      call.answered = true
      return read(reply.answer)
    }
  }
  const send: Wire['client']['send'] = async ({ input }, { abortSignal } = {}) => {
    maxInFlight = Math.max(maxInFlight, ++inFlight)
    try {
      const answer = await (deaf ? exchange(input) : Promise.race([exchange(input), aborted(abortSignal)]))
      // Whoever gave the call up does not read its answer.
      if (abortSignal?.aborted !== true && typeof answer === 'function') return answer()
    } finally {
      inFlight--
    }
  }
  return { client: { send }, calls, taken, maxInFlight: () => maxInFlight }
}

/** What is sent again need not be printed again. */
const printed = new WeakMap<Uint8Array, string>()

function toJson({ Records, ...rest }: Input): Record<string, unknown> {
  return { ...rest, Records: Records.map(({ Data, ...record }) => ({ ...record, Data: toBase64(Data) })) }
}

function toBase64(data: Uint8Array): string {
  const text = printed.get(data) ?? Buffer.from(data).toString('base64')
  printed.set(data, text)
  return text
}

function measure({ Records }: Input): { records: number; bytes: number } {
  const sizes = Records.map(({ Data, PartitionKey = '' }) => Data.byteLength + Buffer.byteLength(PartitionKey))
  return { records: Records.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

/** As the SDK reads an answer. */
function read({ status, body }: Answer): unknown {
  if (status === 200) return body
  const { __type: name, message } = body as { readonly __type: string; readonly message: string }
  throw Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } })
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(Object.assign(new Error('aborted'), { name: 'AbortError' })))
  })
}
