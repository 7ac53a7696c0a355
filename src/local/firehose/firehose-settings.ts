import { randomUUID } from 'node:crypto'
import { IcebergRouterError } from '../../error.ts'
import { optionProblems } from './check-options.ts'
import type {
  DeliverySettings,
  FirehoseBehaviour,
  LocalFirehoseOptions,
  TransformSettings,
} from './firehose-options.ts'

/** The options with all defaults. */
export interface FirehoseSettings extends Required<LocalFirehoseOptions> {
  readonly transform: TransformSettings
  readonly delivery: DeliverySettings
  readonly behaviour: FirehoseBehaviour
}

const DEFAULTS: Omit<FirehoseSettings, 'handler' | 'warehouse' | 'tables' | 'errors'> = {
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
 * Checks the options and adds the defaults.
 *
 * @throws IcebergRouterError `InvalidOptions`, with every problem in it
 */
export function toSettings(options: LocalFirehoseOptions): FirehoseSettings {
  const problems = optionProblems(options)
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

/** Removes keys whose value is `undefined`, which would overwrite a default. */
function given<Options extends object>(options: Options | undefined): Options {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as Options
}
