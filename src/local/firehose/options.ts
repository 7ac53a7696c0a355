import { randomUUID } from 'node:crypto'
import { IcebergRouterError } from '../../error.ts'
import type { Warehouse } from '../warehouse/types.ts'
import type { CatalogTable } from './catalog.ts'
import type { RecordFailure } from './failure.ts'
import type { TransformationHandler } from './handler.ts'
import { problemsOf } from './schema.ts'
import type { DeliverySummary } from './summary.ts'

/** Where the records of a delivery stream come from; each source has an event shape of its own. */
export type Source = 'direct-put' | 'kinesis' | 'msk'

/**
 * What is done where the sources on the real Firehose disagree or are silent. Each default is the better attested
 * reading, or the one that hides less.
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
  /** A batch is cut before it has more MiB of payload than this; 0.2 to 3, default 1. */
  readonly bufferSizeInMBs: number
  /** A batch that fails as a whole is invoked this many times more; 0 to 300, default 3. */
  readonly numberOfRetries: number
  /** How long an invocation may take; 1 to 300,000 ms, which is the longest that Firehose waits and the default. */
  readonly timeoutMs: number
}

/** How rows are delivered. */
export interface DeliverySettings {
  /** Rows are committed once there are this many MiB of them; 1 to 128, default 5. */
  readonly sizeInMBs: number
}

/** What `createLocalFirehose` takes. */
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
   * to, so that nothing leaves the machine; they come round again as later batches. A target of your own, made by
   * `reingestTarget`, cannot be redirected: its records fail. `'target'`: the target does what it does in Lambda.
   */
  readonly reingest?: 'loopback' | 'target'
  readonly transform?: Partial<TransformSettings>
  readonly delivery?: Partial<DeliverySettings>
  readonly behaviour?: Partial<FirehoseBehaviour>
  /** Called after every batch and every delivery. What it throws is ignored: a display must not stop a delivery. */
  readonly onProgress?: (summary: DeliverySummary) => void
  /** Called once for every failed record, before its error object or dead letter is written. What it throws is ignored. */
  readonly onFailure?: (failure: RecordFailure) => void
  /** Epoch milliseconds; `Date.now` unless told. Timeouts are not measured by it. */
  readonly clock?: () => number
  /** A new unique id, safe as part of a file name; `crypto.randomUUID` unless told. */
  readonly newId?: () => string
}

/** The options with every default in place. */
export interface Settings extends Required<LocalFirehoseOptions> {
  readonly transform: TransformSettings
  readonly delivery: DeliverySettings
  readonly behaviour: FirehoseBehaviour
}

const DEFAULTS: Omit<Settings, 'handler' | 'warehouse' | 'tables' | 'errors'> = {
  deliveryStreamName: 'local',
  region: 'us-east-1',
  accountId: '000000000000',
  source: 'direct-put',
  reingest: 'loopback',
  transform: { bufferSizeInMBs: 1, numberOfRetries: 3, timeoutMs: 300_000 },
  delivery: { sizeInMBs: 5 },
  behaviour: {
    duplicateRecordId: 'record',
    missingRecords: 'record',
    unknownResult: 'batch',
    unknownOperation: 'error',
  },
  onProgress: () => {},
  onFailure: () => {},
  clock: Date.now,
  newId: randomUUID,
}

/**
 * Checks the options and puts the defaults in.
 *
 * @throws IcebergRouterError `InvalidOptions`, with every problem in it
 */
export function toSettings(options: LocalFirehoseOptions): Settings {
  const problems = problemsOf(options)
  if (problems.length > 0) {
    throw new IcebergRouterError('InvalidOptions', 'the local Firehose cannot start:', { problems })
  }
  return {
    ...DEFAULTS,
    ...given(options),
    transform: { ...DEFAULTS.transform, ...given(options.transform) },
    delivery: { ...DEFAULTS.delivery, ...given(options.delivery) },
    behaviour: { ...DEFAULTS.behaviour, ...given(options.behaviour) },
  }
}

/** Without the keys that hold `undefined`, which would spread over a default. */
function given<Options extends object>(options: Options | undefined): Options {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as Options
}
