import type { ReingestContext, ReingestItem, ReingestResult } from '../router/target.ts'
import { backoffMs } from './backoff.ts'
import { MAX_INVOCATION_MS } from './call-limits.ts'
import { type Entry, takeCall } from './calls.ts'
import { readConfirmations } from './confirmation.ts'
import type { SendCall, ServiceRules } from './put-service.ts'
import { type SendError, sendErrorOf } from './send-error.ts'
import type { TargetSettings } from './target-options.ts'

/** The least time that has to be left to begin a call. */
const MIN_CALL_MS = 20

const DEADLINE: ReingestResult = { accepted: false, reason: 'DeadlineExceeded' }
const TOO_LARGE: ReingestResult = { accepted: false, reason: 'RecordTooLarge' }

interface Run {
  readonly service: ServiceRules
  readonly send: SendCall
  readonly settings: TargetSettings
  /** Entries that wait for a call. Failed ones go to the end, so that a hot shard does not hold up the others. */
  readonly queue: Entry[]
  /** The result of each item so far, which begins as `DeadlineExceeded`. */
  readonly answers: ReingestResult[]
  readonly leftMs: () => number
}

/**
 * Puts items back in as few calls as the limits allow, several at a time, and retries failed ones until all are confirmed or
 * the time is up. An item is accepted only if the service confirmed it; if an answer is lost, the item is sent again and may
 * arrive twice.
 */
export async function putAll(
  service: ServiceRules,
  send: SendCall,
  { items, call, settings }: { items: readonly ReingestItem[]; call: ReingestContext; settings: TargetSettings },
): Promise<readonly ReingestResult[]> {
  const answers = items.map(() => DEADLINE)
  const queue: Entry[] = []
  items.forEach((item, index) => {
    const sizeBytes = service.sizeBytes(item)
    const reason = service.refuse(item)
    if (reason !== undefined) answers[index] = { accepted: false, reason }
    else if (sizeBytes > service.limits.recordBytes) answers[index] = TOO_LARGE
    else queue.push({ index, item, sizeBytes, attempts: 0 })
  })
  const run: Run = { service, send, settings, queue, answers, leftMs: timer(call, settings) }
  await Promise.all(Array.from({ length: settings.maxCallsInFlight }, () => work(run)))
  return answers
}

/** Measures the time that is left: by the invocation's clock, which may be missing, and never longer than Firehose waits. */
function timer(call: ReingestContext, { clock, marginMs }: TargetSettings): () => number {
  const endMs = clock.nowMs() + MAX_INVOCATION_MS
  return () => Math.min(call.remainingMs() - marginMs, endMs - clock.nowMs())
}

/** Makes one call after another until the queue is empty; several run at the same time. */
async function work(run: Run): Promise<void> {
  const { queue, service, settings, leftMs } = run
  while (queue.length > 0 && leftMs() >= MIN_CALL_MS) {
    const entries = takeCall(queue, service.limits).map((entry) => ({ ...entry, attempts: entry.attempts + 1 }))
    const results = await sendOnce(run, entries)
    const failed = entries.filter((entry, index) => isToRetry(run, entry, results[index]))
    if (failed.length === 0) continue
    const attempts = Math.max(...failed.map((entry) => entry.attempts))
    await settings.clock.sleep(backoffMs(attempts, { leftMs: Math.max(0, leftMs()), random: settings.clock.random }))
    queue.push(...failed)
  }
}

/** Stores the result of an entry, and returns whether it is worth another attempt. */
function isToRetry({ answers }: Run, { index }: Entry, sendError: SendError | undefined): boolean {
  answers[index] = sendError === undefined ? { accepted: true } : { accepted: false, reason: sendError.reason }
  return sendError?.retry === true
}

/** Makes one call, and gives it up when the call's time, or all of the time, is up. */
async function sendOnce(run: Run, entries: readonly Entry[]): Promise<readonly (SendError | undefined)[]> {
  const { service, send, settings, leftMs } = run
  const [call, timeout] = [new AbortController(), new AbortController()]
  const waitMs = Math.min(settings.callTimeoutMs, leftMs())
  const reason = waitMs < settings.callTimeoutMs ? 'DeadlineExceeded' : 'CallTimedOut'
  const timedOut = settings.clock.sleep(waitMs, timeout.signal).then((): SendError => ({ reason, retry: true }))
  try {
    const sent = send(
      entries.map(({ item }) => item),
      call.signal,
    ).then((answer) => readConfirmations(answer, service.answer, entries.length))
    const result = await Promise.race([sent, timedOut])
    if (!Array.isArray(result)) return entries.map(() => result)
    // According to the service's reference, every code that an entry can have is transient.
    return result.map((code) => (code === undefined ? undefined : { reason: code, retry: true }))
  } catch (error) {
    const sendError = sendErrorOf(error)
    return entries.map(() => sendError)
  } finally {
    timeout.abort()
    call.abort()
  }
}
