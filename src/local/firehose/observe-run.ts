import { AsyncLocalStorage } from 'node:async_hooks'
import type { LocalSend } from '../../router/local-run.ts'
import { LOCAL_RUN, type LocalRun, type ObservedOutcome } from '../../router/local-run.ts'

/** The outcomes that routers reported, by record id; empty for a handler that was not made by a router. */
export type Observed = ReadonlyMap<string, ObservedOutcome>

/** Returns the store, which all copies of this package in the process share, so that a router finds it. */
function storeOf(): AsyncLocalStorage<LocalRun> {
  const holder = globalThis as { [LOCAL_RUN]?: AsyncLocalStorage<LocalRun> }
  holder[LOCAL_RUN] ??= new AsyncLocalStorage<LocalRun>()
  return holder[LOCAL_RUN]
}

/**
 * Runs one invocation in which routers, however deep in the user's code, report their outcomes and put records back only
 * through `send`.
 */
export function runObserved<Result>(
  send: LocalSend | undefined,
  work: () => Promise<Result>,
): { readonly result: Promise<Result>; readonly observed: Observed } {
  const observed = new Map<string, ObservedOutcome>()
  const observe: LocalRun['observe'] = (outcomes) => {
    // Keep only what is needed: otherwise the row of every record would stay in memory until the batch is done.
    for (const { status, recordId, failure, deadLettered } of outcomes) {
      if (status === 'delivered' || status === 'dropped') continue
      observed.set(recordId, { status, recordId, ...(failure && { failure }), ...(deadLettered && { deadLettered }) })
    }
  }
  return { result: storeOf().run({ observe, send }, work), observed }
}
