import { IcebergRouterError, isIcebergRouterError } from '../../error.ts'
import type { TakenRecord } from '../server/stream.ts'
import { type Batch, createBatcher } from './batcher.ts'
import { openCatalog } from './catalog.ts'
import { createTally, type DeliverySummary } from './delivery-summary.ts'
import { openErrors } from './errors.ts'
import type { LocalFirehoseOptions } from './firehose-options.ts'
import { type FirehoseSettings, toSettings } from './firehose-settings.ts'
import { callHook } from './hook.ts'
import { createLoopback } from './loopback.ts'
import { createRecordMaker, toPayload } from './record.ts'
import { createRowBuffer, type FailedWrite } from './row-buffer.ts'
import { createTransform, type Exits } from './transform-batch.ts'

/**
 * A delivery stream on this machine. Delivery is at least once, as in AWS: a commit that fails may have reached the
 * disk, and its rows are committed again. Records keep their order, within a table too.
 *
 * `put`, `flush` and `close` reject if something could not be written, with the warehouse's code and cause. The records stay
 * buffered then, so do not put them again: fix the cause and call `flush()`.
 */
export interface LocalFirehose {
  /**
   * Takes one record. Await the promise, which keeps memory bounded: the record that completes a batch waits until the batch
   * is processed.
   *
   * @throws IcebergRouterError `InvalidEvent` for a record of more than 1,000 KiB, and after `close()`; it is not taken
   */
  put(payload: Uint8Array | string): Promise<void>
  /** Sends everything that is buffered through the handler and commits it. */
  flush(): Promise<DeliverySummary>
  /** Flushes, and takes no more records. If the flush fails, call it again. */
  close(): Promise<DeliverySummary>
  summary(): DeliverySummary
}

const MIB = 1024 * 1024

/**
 * Starts a delivery stream that invokes a transformation handler, checks its answer as Firehose does and writes rows to
 * a warehouse and failures to error objects. Every table is opened first.
 *
 * @throws IcebergRouterError `InvalidOptions` with every problem in it; `TableConflict` or `WarehouseUnavailable` if
 * a table or the folder of error objects cannot be used
 */
export async function createLocalFirehose(options: LocalFirehoseOptions): Promise<LocalFirehose> {
  const settings = toSettings(options)
  const tally = createTally()
  const catalog = await openCatalog(settings.warehouse, settings.tables)
  const errors = await openErrors(settings, tally)
  const delivery = createRowBuffer(settings.delivery.sizeInMBs * MIB, tally)
  return start(settings, { catalog, delivery, errors, tally })
}

function start(settings: FirehoseSettings, exits: Omit<Exits, 'send'>): LocalFirehose {
  const { delivery, errors, tally } = exits
  const batcher = createBatcher(settings.transform.bufferSizeInMBs * MIB)
  const records = createRecordMaker(settings)
  const due: Batch[] = []
  const takeBack = (taken: TakenRecord): void => {
    due.push(...batcher.add(records.putBack(taken)))
    tally.reingestedArrivals()
  }
  const send = settings.reingest === 'loopback' ? createLoopback(settings, takeBack) : undefined
  const transform = createTransform(settings, { ...exits, send })
  const inTurn = createQueue()
  let closed = false

  /** Runs both stages: first batches go through the handler, put-back records included, then what is due is written. */
  async function run(batchesLeft: () => Batch | undefined, isDue: () => boolean): Promise<DeliverySummary> {
    for (let batch = batchesLeft(); batch !== undefined; batch = batchesLeft()) await transform(batch)
    const failed = [...(await errors.write()), ...(isDue() ? await delivery.commit() : [])]
    callHook(settings.onProgress, tally.summary())
    if (failed.length > 0) throw notDelivered(failed)
    return tally.summary()
  }

  async function flush(): Promise<DeliverySummary> {
    return inTurn(() =>
      run(
        () => due.shift() ?? batcher.take()[0],
        () => true,
      ),
    )
  }

  return {
    flush,
    async put(payload) {
      if (closed)
        throw new IcebergRouterError('InvalidEvent', 'the delivery stream is closed: put records before close()')
      due.push(...batcher.add(records.put(toPayload(payload))))
      tally.taken()
      if (due.length > 0) await inTurn(() => run(() => due.shift(), delivery.isFull))
    },
    async close() {
      closed = true
      return flush()
    },
    summary: tally.summary,
  }
}

/** Makes a queue that runs one task after the other, in the order of the calls; a failing task does not stop the next. */
function createQueue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }
}

function notDelivered(failed: readonly FailedWrite[]): IcebergRouterError {
  const cause = failed[0]?.cause
  const problems = failed.map(
    ({ what, cause }) => `${what}: ${cause instanceof Error ? cause.message : 'unknown error'}`,
  )
  const headline = 'not everything could be written; it stays buffered, so fix the cause and call flush():'
  return new IcebergRouterError(isIcebergRouterError(cause) ? cause.code : 'WarehouseUnavailable', headline, {
    problems,
    cause,
  })
}
