import type { Fault, FaultSchedule } from '../../src/local/server/fault.ts'
import type { Clock } from '../../src/reingest/clock.ts'

/** What is done to the calls of a run; the same for both. */
export interface Trouble {
  readonly name: string
  /** Whether a row can arrive although its sender was not told so. */
  readonly losesAnswers?: boolean
  /** Whether it never ends, so that not everything can be delivered. */
  readonly lasts?: boolean
  readonly faults: (clock: Clock) => FaultSchedule
}

const failAll: Fault = { kind: 'fail-entries', fails: () => true }

/** Troubles as they come: alone, and so that they pass, but for the last. */
export const TROUBLES: readonly [Trouble, ...Trouble[]] = [
  { name: 'none', faults: () => () => undefined },
  {
    name: 'a third of the entries fails',
    faults: () => (call) => ({ kind: 'fail-entries', fails: (index) => (index + call.index) % 3 === 0 }),
  },
  { name: 'all entries fail for 2 s', faults: (clock) => () => (clock.nowMs() < 2_000 ? failAll : undefined) },
  {
    name: 'calls throttled for 5 s',
    faults: (clock) => () => (clock.nowMs() < 5_000 ? { kind: 'throttle' } : undefined),
  },
  {
    name: 'every second answer lost',
    losesAnswers: true,
    faults:
      () =>
      ({ index }) =>
        index % 2 === 1 ? { kind: 'drop', taken: true } : undefined,
  },
  {
    name: 'the second call hangs',
    losesAnswers: true,
    faults:
      () =>
      ({ index }) =>
        index === 1 ? { kind: 'hang', taken: true } : undefined,
  },
  { name: 'all entries fail for good', lasts: true, faults: () => () => failAll },
]
