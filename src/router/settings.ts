import type { Fanout } from '../reingest/fanout/fanout.ts'
import type { OnBatch, OnFailure } from '../report/hooks.ts'
import { printFailures } from '../report/print.ts'
import type { RouterOptions } from './options.ts'
import type { ReingestTarget } from './target.ts'

/** The options of a router with their defaults. */
export interface Settings {
  readonly database: string
  readonly responseBudgetBytes: number
  readonly reingest: ReingestTarget | undefined
  /** What the target brings. */
  readonly fanout: Fanout | undefined
  readonly overflow: 'fail' | 'reingest'
  readonly concurrency: number
  readonly deadlineMarginMs: number
  readonly onFailure: OnFailure | undefined
  readonly onBatch: readonly OnBatch[]
  /** What is told of batches with failures: by default that they have some. */
  readonly onFailedBatch: readonly OnBatch[]
}

/** Below the cap by the size of a few hundred answers, in case Lambda counts something that is not known. */
const DEFAULT_BUDGET_BYTES = 6_000_000

/** Fills in what was not said. */
export function compileSettings(options: RouterOptions): Settings {
  const { database, reingest, onFailure, onBatch } = options
  return {
    database,
    responseBudgetBytes: options.responseBudgetBytes ?? DEFAULT_BUDGET_BYTES,
    reingest,
    fanout: fanoutOf(options),
    overflow: options.overflow ?? 'fail',
    concurrency: options.concurrency ?? 16,
    deadlineMarginMs: options.deadlineMarginMs ?? 1000,
    onFailure,
    onBatch: onBatch === undefined ? [] : [onBatch].flat(),
    onFailedBatch: onBatch === undefined ? [printFailures] : [],
  }
}

/** What a target brings; only reingestTarget() makes targets, so it is what it says. */
export function fanoutOf({ reingest }: RouterOptions): Fanout | undefined {
  return reingest?.['~fanout'] as Fanout | undefined
}
