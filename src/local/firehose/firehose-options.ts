import type { Source } from '../../firehose/stream-source.ts'
import type { Warehouse } from '../warehouse/types.ts'
import type { CatalogTable } from './catalog.ts'
import type { DeliverySummary } from './delivery-summary.ts'
import type { TransformationHandler } from './lambda-handler.ts'
import type { RecordFailure } from './record-failure.ts'

/**
 * Choices for cases in which the documentation of the real Firehose is silent or contradictory. Each default is the better
 * attested reading, or the one that hides less.
 */
export interface FirehoseBehaviour {
  /** An id answered twice fails its record (default) or the whole batch. */
  readonly duplicateRecordId: 'record' | 'batch'
  /** A response without `records` fails every record at once (default), or the batch, which is then retried. */
  readonly missingRecords: 'record' | 'batch'
  /** A `result` that Firehose does not know fails the whole batch (default) or its record. */
  readonly unknownResult: 'batch' | 'record'
  /** An `operation` that Firehose does not know fails the record (default) or is taken as `insert`. */
  readonly unknownOperation: 'error' | 'insert'
}

/** How the handler is invoked. */
export interface TransformSettings {
  /** The most MiB of payload in a batch; 0.2 to 3, by default 1. */
  readonly bufferSizeInMBs: number
  /** How often a batch that fails as a whole is retried; 0 to 300, by default 3. */
  readonly numberOfRetries: number
  /** How long an invocation may take; 1 to 300,000 ms, by default 300,000, the longest that Firehose waits. */
  readonly timeoutMs: number
}

/** How rows are delivered. */
export interface DeliverySettings {
  /** Rows are committed once they have this many MiB; 1 to 128, by default 5. */
  readonly sizeInMBs: number
}

/** The options of `createLocalFirehose`. */
export interface LocalFirehoseOptions {
  readonly handler: TransformationHandler
  readonly warehouse: Warehouse
  /** The catalog: the tables that exist. Names are compared exactly. */
  readonly tables: readonly CatalogTable[]
  /** The folder of the error objects. */
  readonly errors: string
  readonly deliveryStreamName?: string
  readonly region?: string
  readonly accountId?: string
  readonly source?: Source
  /**
   * Where routers put records back to. `'loopback'` (default): onto this stream, whatever the client of their target points
   * to, so that nothing leaves the machine; they arrive in later batches. A custom target, made by `reingestTarget`,
   * cannot be redirected: its records fail. `'target'`: the target does what it does in Lambda.
   */
  readonly reingest?: 'loopback' | 'target'
  readonly transform?: Partial<TransformSettings>
  readonly delivery?: Partial<DeliverySettings>
  readonly behaviour?: Partial<FirehoseBehaviour>
  /** Called after every batch and every delivery. Its errors are ignored: a display must not stop a delivery. */
  readonly onProgress?: (summary: DeliverySummary) => void
  /** Called once for every failed record, before its error object or dead letter is written. Its errors are ignored. */
  readonly onFailure?: (failure: RecordFailure) => void
  /** Returns epoch milliseconds; by default `Date.now`. Timeouts do not use it. */
  readonly clock?: () => number
  /** Returns a new unique id, safe as part of a file name; by default `crypto.randomUUID`. */
  readonly newId?: () => string
}
