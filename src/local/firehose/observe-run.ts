import { AsyncLocalStorage } from 'node:async_hooks'
import type { LocalSend } from '../../router/local-run.ts'
import { LOCAL_RUN, type LocalRun, type ObservedOutcome } from '../../router/local-run.ts'

/** The outcomes that routers reported, by record id. Empty for a handler that no router made. */
export type Observed = ReadonlyMap<string, ObservedOutcome>

/** One store for all copies of this package in the process: a router looks for it in one place. */
function storeOf(): AsyncLocalStorage<LocalRun> {
  const holder = globalThis as { [LOCAL_RUN]?: AsyncLocalStorage<LocalRun> }
  holder[LOCAL_RUN] ??= new AsyncLocalStorage<LocalRun>()
  return holder[LOCAL_RUN]
}

/**
 * Runs one invocation so that the routers in it report their outcomes, however deep in the user's code they are, and put
 * nothing back except through `send`.
 */
export function runObserved<Result>(
  send: LocalSend | undefined,
  work: () => Promise<Result>,
): { readonly result: Promise<Result>; readonly observed: Observed } {
  const observed = new Map<string, ObservedOutcome>()
  const observe: LocalRun['observe'] = (outcomes) => {
    // The only parts that are needed: a row of each record would be kept until the batch is through.
    for (const { status, recordId, failure, deadLettered } of outcomes) {
      if (status === 'delivered' || status === 'dropped') continue
      observed.set(recordId, { status, recordId, ...(failure && { failure }), ...(deadLettered && { deadLettered }) })
    }
  }
  return { result: storeOf().run({ observe, send }, work), observed }
}
