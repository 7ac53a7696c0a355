import type { Answer } from './http-response.ts'

/** A failure of the network or of a service. `taken` says whether the records were accepted before the answer was lost. */
export type Fault =
  /** The whole call is throttled. */
  | { readonly kind: 'throttle' }
  /** The whole call gets this answer, and no record is accepted. */
  | { readonly kind: 'refuse'; readonly answer: Answer }
  /** Some entries fail in an answer that says 200. */
  | { readonly kind: 'fail-entries'; readonly fails: (index: number) => boolean }
  /** All records are accepted, and the answer comes after this time. */
  | { readonly kind: 'late'; readonly delayMs: number }
  /** No answer ever comes, and the connection stays open. */
  | { readonly kind: 'hang'; readonly taken: boolean }
  /** The connection ends without an answer. */
  | { readonly kind: 'drop'; readonly taken: boolean }

/** A call, as the schedule of faults gets it. */
export interface FaultedCall {
  /** How many calls came before it. */
  readonly index: number
  /** The `X-Amz-Target`. */
  readonly target: string
}

/** Returns the fault of each call, or `undefined` for no fault. */
export type FaultSchedule = (call: FaultedCall) => Fault | undefined
