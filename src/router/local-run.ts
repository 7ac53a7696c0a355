import type { Failure } from '../outcome/outcome.ts'

/** The outcome of a record, as far as a local run needs it. */
export interface ObservedOutcome {
  readonly status: 'delivered' | 'dropped' | 'reingested' | 'failed'
  readonly recordId: string
  readonly failure?: Failure
  readonly deadLettered?: true
}

/** A call to Firehose or Kinesis: the `X-Amz-Target` and the input of the SDK's command. */
export type LocalSend = (target: string, input: object) => Promise<unknown>

/** What the local Firehose offers to the invocation that it makes. */
export interface LocalRun {
  /** Takes the outcomes of a batch: the handler need not be invoked a second time to explain a failure. */
  readonly observe: (outcomes: readonly ObservedOutcome[]) => void
  /** Takes what goes back onto the stream, so that no call leaves the machine; undefined if targets use their own clients. */
  readonly send: LocalSend | undefined
}

/** The part of an `AsyncLocalStorage` that is read here: the core loads no module of Node's. */
interface Store {
  readonly getStore: () => LocalRun | undefined
}

/**
 * Where the local Firehose puts its store. A registered symbol on the global object, because the handler may come from
 * another copy of this package, and may be called from inside the user's function.
 */
export const LOCAL_RUN: unique symbol = Symbol.for('firehose-iceberg-router.local-run') as never

/** The local run that the current invocation belongs to; undefined in Lambda. */
export function localRun(): LocalRun | undefined {
  return (globalThis as { readonly [LOCAL_RUN]?: Store })[LOCAL_RUN]?.getStore()
}
