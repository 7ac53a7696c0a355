import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { IcebergRouterError } from '../../error.ts'
import type { Failure as RouterFailure } from '../../outcome/outcome.ts'
import { unavailable } from '../warehouse/failure.ts'
import type { Tally } from './delivery-summary.ts'
import type { FirehoseSettings } from './firehose-settings.ts'
import type { SourceRecord } from './record.ts'
import type { Failure } from './record-failure.ts'
import type { FailedWrite } from './row-buffer.ts'

/** The stage that a record failed in: the transformation or the table. */
export type OutputType = 'processing-failed' | 'iceberg-failed'

/** One line of an error object; the keys and their order are those that AWS writes. */
export interface ErrorLine {
  /** Base64 of the handler's input for `processing-failed`, or of the row that it answered for `iceberg-failed`. */
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
  /** The router's own reason, which AWS does not know: code and message, route and path. Only the local Firehose writes it. */
  readonly localReason?: string
}

/** Error objects that wait to be written. */
export interface ErrorStore {
  /** Adds the failed records of one batch, which become one object. */
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
 * Opens the folder of the error objects, and creates it if it does not exist.
 *
 * @throws IcebergRouterError `WarehouseUnavailable` if it cannot be created
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

/** What an error line has besides its failure. */
interface LineDetails {
  readonly rawData: string
  /** The router's failure, if a router failed the record. */
  readonly reason?: RouterFailure | undefined
}

/** Writes the line of a failed record; its keys are in AWS's order. */
export function toErrorLine(
  record: SourceRecord,
  { errorCode, errorMessage }: Failure,
  { rawData, attemptsMade, endedAt, lambdaARN, reason }: Attempts & LineDetails,
): ErrorLine {
  const arrivalTimestamp = record.wire.approximateArrivalTimestamp
  const line = { rawData, errorCode, errorMessage, attemptsMade, arrivalTimestamp, attemptEndingTimestamp: endedAt }
  const localReason = reason === undefined ? {} : { localReason: toReason(reason) }
  return { ...line, ...(lambdaARN === undefined ? {} : { lambdaARN }), ...localReason }
}

/** Code and message, with route and path if there are any: `TransformThrew: … (route orders, at lines[0])`. */
function toReason({ code, message, route, path }: RouterFailure): string {
  const where = [route && `route ${route}`, path && `at ${path}`].filter(Boolean).join(', ')
  return `${code}: ${message}${where === '' ? '' : ` (${where})`}`
}

/** Makes the key of an object: `processing-failed/2026/01/31/09/local-1-2026-01-31-09-00-00-<id>`, in UTC. */
function objectKey(type: OutputType, of: { deliveryStreamName: string; at: number; id: string }): string {
  const [year, month, day, hour, minute, second] = new Date(of.at).toISOString().split(/[-T:.]/)
  const stamp = [year, month, day, hour, minute, second].join('-')
  return `${type}/${year}/${month}/${day}/${hour}/${of.deliveryStreamName}-1-${stamp}-${of.id}`
}

/** Writes under a temporary name first, so that no reader sees half an object. Returns the error, if there is one. */
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
    throw new IcebergRouterError('WarehouseUnavailable', `the folder of error objects cannot be created: ${folder}`, {
      cause,
    })
  }
}
