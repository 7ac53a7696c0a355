import { decodeRecord } from '../firehose/decode.ts'
import { printFailures } from '../report/print.ts'
import type { Fanout, RouterSettings } from './model.ts'
import type { AnyRouterOptions } from './options.ts'

/** Below the cap by the size of a few hundred answers, in case Lambda counts something that is not known. */
const DEFAULT_BUDGET_BYTES = 6_000_000

/** Fills in the defaults of a router's options. */
export function toSettings(options: AnyRouterOptions): RouterSettings {
  const { database, reingest, onFailure, onBatch } = options
  return {
    database,
    decode: options.decode?.['~decoder'].decodeRecord ?? decodeRecord,
    responseBudgetBytes: options.responseBudgetBytes ?? DEFAULT_BUDGET_BYTES,
    reingest,
    fanout: fanoutOf(options),
    overflow: options.overflow ?? 'fail',
    unordered: options.unordered ?? false,
    tombstones: options.tombstones ?? 'fail',
    concurrency: options.concurrency ?? 16,
    deadlineMarginMs: options.deadlineMarginMs ?? 1000,
    explain: options.explain ?? false,
    onFailure,
    onBatch: onBatch === undefined ? [] : [onBatch].flat(),
    onFailedBatch: onBatch === undefined ? [printFailures] : [],
  }
}

/** The fan-out that a target brings. The cast is safe: only reingestTarget() makes targets. */
export function fanoutOf({ reingest }: AnyRouterOptions): Fanout | undefined {
  return reingest?.['~fanout'] as Fanout | undefined
}
