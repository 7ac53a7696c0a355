import type { Answer } from './answer.ts'

/** What a network or a service can do to a call. `taken` says whether the records were taken before the answer was lost. */
export type Fault =
  /** The whole call is turned away. */
  | { readonly kind: 'throttle' }
  /** The whole call gets this answer, and nothing is taken. */
  | { readonly kind: 'refuse'; readonly answer: Answer }
  /** Some entries fail in an answer that says 200. */
  | { readonly kind: 'fail-entries'; readonly fails: (index: number) => boolean }
  /** Everything is taken, and the answer comes after this time. */
  | { readonly kind: 'late'; readonly delayMs: number }
  /** No answer ever comes, and the connection stays open. */
  | { readonly kind: 'hang'; readonly taken: boolean }
  /** The connection ends without an answer. */
  | { readonly kind: 'drop'; readonly taken: boolean }

/** A call, as a schedule of faults sees it. */
export interface FaultedCall {
  /** How many calls came before it. */
  readonly index: number
  /** The `X-Amz-Target`. */
  readonly target: string
}

/** What happens to each call; `undefined` where nothing does. */
export type FaultSchedule = (call: FaultedCall) => Fault | undefined
