import type { Verdict } from './answer.ts'
import type { Batch } from './batch.ts'
import type { Catalog } from './catalog.ts'
import type { Delivery } from './delivery.ts'
import { type ErrorLine, type ErrorStore, toErrorLine } from './errors.ts'
import { functionIdentity } from './handler.ts'
import { invoke } from './invoke.ts'
import type { Settings } from './options.ts'
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
  const { behaviour, clock } = settings
  const identity = functionIdentity(settings.deliveryStreamName, settings.region, settings.accountId)

  /** Delivers a row, or returns the line that says why it does not fit. */
  function deliver({ record, row, metadata }: Extract<Verdict, { kind: 'row' }>): ErrorLine | undefined {
    const routed = routeRow(row, metadata, { catalog, behaviour })
    if ('errorCode' in routed) {
      return toErrorLine(record, routed, { rawData: row.base64, attemptsMade: 1, endedAt: clock() })
    }
    delivery.add(routed.table, routed.change, row.bytes.length)
    return undefined
  }

  return async (batch) => {
    const { verdicts, attemptsMade } = await invoke(batch, settings, identity)
    const endedAt = clock()
    const processingFailed: ErrorLine[] = []
    const icebergFailed: ErrorLine[] = []
    for (const verdict of verdicts) {
      if (verdict.kind === 'dropped') tally.dropped()
      else if (verdict.kind === 'row') {
        const line = deliver(verdict)
        if (line !== undefined) icebergFailed.push(line)
      } else {
        const { record, failure } = verdict
        const how = { rawData: record.rawData, attemptsMade, endedAt, lambdaARN: identity.arn }
        processingFailed.push(toErrorLine(record, failure, how))
      }
    }
    errors.add('processing-failed', processingFailed)
    errors.add('iceberg-failed', icebergFailed)
  }
}
