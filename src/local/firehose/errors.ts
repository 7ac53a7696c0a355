import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { IcebergRouterError } from '../../error.ts'
import { unavailable } from '../warehouse/failure.ts'
import type { Tally } from './delivery-summary.ts'
import type { FirehoseSettings } from './firehose-settings.ts'
import type { SourceRecord } from './record.ts'
import type { Failure } from './record-failure.ts'
import type { FailedWrite } from './row-buffer.ts'

/** Which stage a record failed in: the transformation or the table. */
export type OutputType = 'processing-failed' | 'iceberg-failed'

/** One line of an error object; the keys and their order are those that AWS writes. */
export interface ErrorLine {
  /** Base64: what the handler got for `processing-failed`, the row it answered for `iceberg-failed`. */
  readonly rawData: string
  readonly errorCode: string
  readonly errorMessage: string
  readonly attemptsMade: number
  /** Epoch milliseconds. */
  readonly arrivalTimestamp: number
  /** Epoch milliseconds. */
  readonly attemptEndingTimestamp: number
  /** Only for `processing-failed`. */
  readonly lambdaARN?: string
}

/** Error objects on their way to the folder. */
export interface ErrorStore {
  /** Takes the failed records of one batch: they are one object. */
  add(type: OutputType, lines: readonly ErrorLine[]): void
  /** Writes every object that waits, and returns what failed. */
  write(): Promise<readonly FailedWrite[]>
}

interface ErrorObject {
  readonly type: OutputType
  readonly lines: readonly ErrorLine[]
  readonly path: string
}

/**
 * Opens the folder of the error objects, making it if there is none.
 *
 * @throws IcebergRouterError `WarehouseUnavailable` where it cannot be made
 */
export async function openErrors(
  {
    errors,
    deliveryStreamName,
    clock,
    newId,
  }: Pick<FirehoseSettings, 'errors' | 'deliveryStreamName' | 'clock' | 'newId'>,
  tally: Tally,
): Promise<ErrorStore> {
  await makeFolder(errors)
  let waiting: readonly ErrorObject[] = []
  return {
    add(type, lines) {
      if (lines.length === 0) return
      const path = join(errors, objectKey(type, { deliveryStreamName, at: clock(), id: newId() }))
      waiting = [...waiting, { type, lines, path }]
    },
    async write() {
      const failed: FailedWrite[] = []
      const left: ErrorObject[] = []
      for (const object of waiting) {
        const cause = await write(object)
        if (cause === undefined) tally.failed(object.lines)
        else {
          failed.push({
            what: `an error object with ${count(object.lines.length, 'record')}`,
            cause: unavailable(object.path, 'write', cause),
          })
          left.push(object)
        }
      }
      waiting = left
      return failed
    },
  }
}

/** The last attempt for a record. */
export interface Attempts {
  readonly attemptsMade: number
  /** Epoch milliseconds. */
  readonly endedAt: number
  readonly lambdaARN?: string
}

/** Writes the line of a failed record; its keys are in AWS's order. */
export function toErrorLine(
  record: SourceRecord,
  { errorCode, errorMessage }: Failure,
  { rawData, attemptsMade, endedAt, lambdaARN }: Attempts & { readonly rawData: string },
): ErrorLine {
  const arrivalTimestamp = record.wire.approximateArrivalTimestamp
  const line = { rawData, errorCode, errorMessage, attemptsMade, arrivalTimestamp, attemptEndingTimestamp: endedAt }
  return lambdaARN === undefined ? line : { ...line, lambdaARN }
}

/** `processing-failed/2026/01/31/09/local-1-2026-01-31-09-00-00-<id>`, in UTC. */
function objectKey(type: OutputType, of: { deliveryStreamName: string; at: number; id: string }): string {
  const [year, month, day, hour, minute, second] = new Date(of.at).toISOString().split(/[-T:.]/)
  const stamp = [year, month, day, hour, minute, second].join('-')
  return `${type}/${year}/${month}/${day}/${hour}/${of.deliveryStreamName}-1-${stamp}-${of.id}`
}

/** Under another name first, so that nobody reads half an object. Returns what went wrong. */
async function write({ path, lines }: ErrorObject): Promise<unknown> {
  const temporary = `${path}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await rename(temporary, path)
    return undefined
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    return cause
  }
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    throw new IcebergRouterError('WarehouseUnavailable', `the folder of error objects cannot be made: ${folder}`, {
      cause,
    })
  }
}
