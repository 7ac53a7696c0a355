import { Buffer } from 'node:buffer'
import type { FirehoseTransformationEvent } from '../../src/firehose/event.ts'
import { MAX_RESPONSE_BYTES } from '../../src/firehose/limits.ts'
import type { FirehoseTransformationResponse } from '../../src/firehose/response.ts'
import { responseSizeBytes } from '../../src/firehose/size.ts'
import { createFirehoseEvent } from '../../src/testing/create-event.ts'
import type { VirtualClock } from '../reingest/support/clock.ts'
import type { Wire } from '../reingest/support/wire.ts'

/** What became of the rows of a run, and what it took. */
export interface Tally {
  /** Rows that reached the table. */
  readonly delivered: number
  /** Rows of the table that are there more than once. */
  readonly twice: number
  /** Rows that are not in the table, only as originals in the error output. */
  readonly failed: number
  /** Rows that are in neither; on the stream still, where the run did not end. */
  readonly gone: number
  readonly calls: number
  readonly invocations: number
  readonly seconds: number
  /** Whether nothing was left on the stream; false where the run was stopped because there was ever more. */
  readonly ended: boolean
}

type Handler = (event: FirehoseTransformationEvent, endMs: number) => Promise<FirehoseTransformationResponse>

/** Firehose's default is three retries, so four attempts. */
const MAX_INVOCATIONS = 4
const FUNCTION_TIMEOUT_MS = 60_000
/** A sender whose every attempt puts everything back again never ends. */
const MAX_RUN_INVOCATIONS = 12
/** `BufferSizeInMBs` at its largest. */
const BUFFER_BYTES = 3 * 1024 * 1024

/**
 * Runs payloads through a handler as Firehose would: in batches, each again when its invocation fails, and then all that the
 * handler put back, until nothing is left. Each payload has an `id`.
 */
export async function runPipeline(
  payloads: readonly string[],
  handler: Handler,
  wire: Wire,
  clock: VirtualClock,
): Promise<Tally> {
  const table = new Map<number, number>()
  const errors = new Set<number>()
  let invocations = 0
  let taken = 0
  let waiting = [...payloads]
  for (; waiting.length > 0 && invocations < MAX_RUN_INVOCATIONS; waiting = drain()) {
    for (const batch of cut(waiting)) if (invocations < MAX_RUN_INVOCATIONS) await clock.run(deliver(batch))
  }
  function drain(): string[] {
    const back = wire.taken.slice(taken)
    taken = wire.taken.length
    return back.map(({ data }) => Buffer.from(data).toString('utf8'))
  }
  async function deliver(batch: readonly string[]): Promise<void> {
    for (let attempt = 0; attempt < MAX_INVOCATIONS; attempt++) {
      invocations++
      const event = createFirehoseEvent(batch, { recordId: (index) => `${String(index).padStart(56, '0')}` })
      const response = await invoke(handler, event, clock)
      if (response !== undefined) return settle(batch, response)
    }
    for (const payload of batch) errors.add(idOf(payload))
  }
  function settle(batch: readonly string[], { records }: FirehoseTransformationResponse): void {
    records.forEach((record, index) => {
      if (record.result === 'Ok') {
        const id = idOf(Buffer.from(record.data ?? '', 'base64').toString('utf8'))
        table.set(id, (table.get(id) ?? 0) + 1)
      }
      if (record.result === 'ProcessingFailed') errors.add(idOf(batch[index] ?? ''))
    })
  }
  const ids = payloads.map(idOf)
  return {
    delivered: table.size,
    twice: [...table.values()].filter((count) => count > 1).length,
    failed: ids.filter((id) => !table.has(id) && errors.has(id)).length,
    gone: ids.filter((id) => !table.has(id) && !errors.has(id)).length,
    calls: wire.calls.length,
    invocations,
    seconds: Math.round(clock.nowMs() / 100) / 10,
    ended: waiting.length === 0,
  }
}

/** One invocation; nothing where it throws, takes too long, or answers more than Lambda lets through. */
async function invoke(handler: Handler, event: FirehoseTransformationEvent, clock: VirtualClock) {
  const timeout = new AbortController()
  const endMs = clock.nowMs() + FUNCTION_TIMEOUT_MS
  const timedOut = clock.sleep(FUNCTION_TIMEOUT_MS, timeout.signal).then(() => undefined)
  const response = await Promise.race([handler(event, endMs).catch(() => undefined), timedOut])
  timeout.abort()
  return response !== undefined && responseSizeBytes(response) <= MAX_RESPONSE_BYTES ? response : undefined
}

function cut(payloads: readonly string[]): string[][] {
  const batches: string[][] = []
  let roomBytes = 0
  for (const payload of payloads) {
    if (payload.length > roomBytes) {
      batches.push([])
      roomBytes = BUFFER_BYTES
    }
    batches.at(-1)?.push(payload)
    roomBytes -= payload.length
  }
  return batches
}

/** The id in an event, in a row, or in either of them inside an envelope, where quotes are escaped. */
export function idOf(text: string): number {
  return Number(/id\\*":(\d+)/.exec(text)?.[1])
}
