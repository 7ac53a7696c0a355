import type { LocalSend, ObservedOutcome } from '../../router/local-run.ts'
import type { Batch } from './batcher.ts'
import type { Catalog } from './catalog.ts'
import type { Tally } from './delivery-summary.ts'
import { type ErrorLine, type ErrorStore, toErrorLine } from './errors.ts'
import type { FirehoseSettings } from './firehose-settings.ts'
import { callHook } from './hook.ts'
import { invoke } from './invoke.ts'
import { functionIdentity } from './lambda-handler.ts'
import { routeRow } from './otf-route.ts'
import type { SourceRecord } from './record.ts'
import { DEAD_LETTERED, type Failure, type RecordFailure } from './record-failure.ts'
import type { RowBuffer } from './row-buffer.ts'
import type { Verdict } from './verdict.ts'

/** Where the records of a batch can go. */
export interface Exits {
  readonly catalog: Catalog
  readonly delivery: RowBuffer
  readonly errors: ErrorStore
  readonly tally: Tally
  /** Receives what routers put back; undefined if their targets use their own clients. */
  readonly send: LocalSend | undefined
}

/**
 * Makes the step that sends a batch through the handler and every record to exactly one exit. It never throws because of a
 * handler, and writes nothing to the disk.
 */
export function createTransform(settings: FirehoseSettings, exits: Exits): (batch: Batch) => Promise<void> {
  const { catalog, delivery, errors, tally, send } = exits
  const { behaviour, clock, onFailure } = settings
  const identity = functionIdentity(settings.deliveryStreamName, settings.region, settings.accountId)

  function report(record: SourceRecord, failure: Failure, more: Pick<RecordFailure, 'reason' | 'deadLettered'>): void {
    callHook(onFailure, { ...failure, sequence: record.sequence, record: record.wire, ...more })
  }

  /** Delivers a row, or returns the error line of a row that does not fit. */
  function deliver({ record, row, metadata }: RowVerdict, outcome: ObservedOutcome | undefined): readonly ErrorLine[] {
    const routed = routeRow(row, metadata, { catalog, behaviour })
    const reason = reasonOf(outcome)
    if ('errorCode' in routed) {
      report(record, routed, reason)
      return [toErrorLine(record, routed, { rawData: row.base64, attemptsMade: 1, endedAt: clock(), ...reason })]
    }
    const isDeadLetter = outcome?.deadLettered === true
    if (isDeadLetter) report(record, DEAD_LETTERED, { ...reason, deadLettered: true })
    delivery.add(routed.table, { change: routed.change, sizeBytes: row.bytes.length, isDeadLetter })
    return []
  }

  return async (batch) => {
    const { verdicts, attemptsMade, observed } = await invoke(batch, settings, { identity, send })
    const attempts = { attemptsMade, endedAt: clock(), lambdaARN: identity.arn }
    const processingFailed: ErrorLine[] = []
    const icebergFailed: ErrorLine[] = []
    for (const verdict of verdicts) {
      const { kind, record } = verdict
      const outcome = observed.get(record.wire.recordId)
      if (kind === 'dropped') outcome?.status === 'reingested' ? tally.reingested() : tally.dropped()
      else if (kind === 'row') icebergFailed.push(...deliver(verdict, outcome))
      else {
        const reason = reasonOf(outcome)
        report(record, verdict.failure, reason)
        processingFailed.push(toErrorLine(record, verdict.failure, { ...attempts, rawData: record.rawData, ...reason }))
      }
    }
    errors.add('processing-failed', processingFailed)
    errors.add('iceberg-failed', icebergFailed)
  }
}

type RowVerdict = Extract<Verdict, { kind: 'row' }>

function reasonOf(outcome: ObservedOutcome | undefined): Pick<RecordFailure, 'reason'> {
  return outcome?.failure === undefined ? {} : { reason: outcome.failure }
}
