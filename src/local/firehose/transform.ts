import type { Verdict } from './answer.ts'
import type { Batch } from './batch.ts'
import type { Catalog } from './catalog.ts'
import type { Delivery } from './delivery.ts'
import { type Attempts, type ErrorLine, type ErrorStore, toErrorLine } from './errors.ts'
import type { Failure } from './failure.ts'
import { functionIdentity } from './handler.ts'
import { callHook } from './hook.ts'
import { invoke } from './invoke.ts'
import type { Settings } from './options.ts'
import type { SourceRecord } from './record.ts'
import { routeRow } from './route.ts'
import type { Tally } from './summary.ts'

/** Where the records of a batch can end. */
export interface Exits {
  readonly catalog: Catalog
  readonly delivery: Delivery
  readonly errors: ErrorStore
  readonly tally: Tally
}

/**
 * Makes the step that takes a batch through the handler and puts every record at exactly one exit. It does not throw for
 * anything that a handler does, and writes nothing.
 */
export function createTransform(settings: Settings, exits: Exits): (batch: Batch) => Promise<void> {
  const { catalog, delivery, errors, tally } = exits
  const { behaviour, clock, onFailure } = settings
  const identity = functionIdentity(settings.deliveryStreamName, settings.region, settings.accountId)

  function toLine(record: SourceRecord, failure: Failure, how: Attempts & { rawData: string }): ErrorLine {
    callHook(onFailure, { ...failure, sequence: record.sequence, record: record.wire })
    return toErrorLine(record, failure, how)
  }

  /** Delivers a row, or returns the line that says why it does not fit. */
  function deliver({ record, row, metadata }: Extract<Verdict, { kind: 'row' }>): readonly ErrorLine[] {
    const routed = routeRow(row, metadata, { catalog, behaviour })
    if ('errorCode' in routed) {
      return [toLine(record, routed, { rawData: row.base64, attemptsMade: 1, endedAt: clock() })]
    }
    delivery.add(routed.table, routed.change, row.bytes.length)
    return []
  }

  return async (batch) => {
    const { verdicts, attemptsMade } = await invoke(batch, settings, identity)
    const attempts = { attemptsMade, endedAt: clock(), lambdaARN: identity.arn }
    const processingFailed: ErrorLine[] = []
    const icebergFailed: ErrorLine[] = []
    for (const verdict of verdicts) {
      const { kind, record } = verdict
      if (kind === 'dropped') tally.dropped()
      else if (kind === 'row') icebergFailed.push(...deliver(verdict))
      else processingFailed.push(toLine(record, verdict.failure, { ...attempts, rawData: record.rawData }))
    }
    errors.add('processing-failed', processingFailed)
    errors.add('iceberg-failed', icebergFailed)
  }
}
