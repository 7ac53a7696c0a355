import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { IcebergRouterError } from '../../error.ts'
import { decodeBase64 } from '../../firehose/base64.ts'

/** A failed record, as an error object has it. */
export interface ErrorRecord {
  readonly payload: Uint8Array
  readonly errorCode: string
  readonly errorMessage: string
  readonly attemptsMade: number | undefined
  /** Epoch milliseconds. */
  readonly arrivalTimestamp: number | undefined
  /** Epoch milliseconds. */
  readonly attemptEndingTimestamp: number | undefined
  readonly lambdaArn: string | undefined
  /** The router's reason, in an object of the local Firehose. */
  readonly localReason?: string
}

interface Line {
  /** The path of the object. */
  readonly object: string
  /** From 1. */
  readonly line: number
  /** The folder below the prefix, such as `processing-failed`; undefined if the path has no such folder. */
  readonly outputType: string | undefined
}

/**
 * A line of an error object: a record, or a problem if the line has no record (after a conflict with another writer AWS
 * writes keys of files there instead); exactly one of the two.
 */
export type ErrorEntry = Line &
  (
    | { readonly record: ErrorRecord; readonly problem?: undefined }
    | { readonly record?: undefined; readonly problem: string }
  )

/**
 * Reads every error object below a folder, of this package or downloaded from an error prefix in S3, in the order of
 * their names. Keys may be in any order and in any case: AWS writes `lambdaARN` and documents `lambdaArn`.
 *
 * @throws IcebergRouterError `InvalidOptions` if the folder cannot be read
 */
export async function* readErrors(folder: string): AsyncGenerator<ErrorEntry, void, undefined> {
  for (const object of await listObjects(folder)) {
    const outputType = outputTypeOf(object)
    const lines = (await readFile(object, 'utf8')).split('\n')
    for (const [index, text] of lines.entries()) {
      if (text.trim() !== '') yield { object, line: index + 1, outputType, ...parse(text) }
    }
  }
}

async function listObjects(folder: string): Promise<string[]> {
  try {
    const names = (await readdir(folder, { recursive: true })).filter((name) => !name.endsWith('.tmp'))
    const paths = names.map((name) => join(folder, name)).sort()
    const isFile = await Promise.all(paths.map(async (path) => (await stat(path)).isFile()))
    return paths.filter((_, index) => isFile[index])
  } catch (cause) {
    throw new IcebergRouterError('InvalidOptions', `expected a folder of error objects at ${folder}`, { cause })
  }
}

function outputTypeOf(object: string): string | undefined {
  return resolve(object)
    .split(sep)
    .slice(0, -1)
    .findLast((part) => part.endsWith('-failed'))
}

function parse(text: string): { record: ErrorRecord } | { problem: string } {
  const fields = fieldsOf(text)
  if (fields === undefined) return { problem: 'expected one JSON object in the line' }
  const rawData = fields.get('rawdata')
  const payload = typeof rawData === 'string' ? decodeBase64(rawData) : undefined
  if (payload === undefined) return { problem: 'expected base64 in rawData' }
  const localReason = textOf(fields.get('localreason'))
  return {
    record: {
      payload,
      errorCode: textOf(fields.get('errorcode')) ?? '',
      errorMessage: textOf(fields.get('errormessage')) ?? '',
      attemptsMade: numberOf(fields.get('attemptsmade')),
      arrivalTimestamp: numberOf(fields.get('arrivaltimestamp')),
      attemptEndingTimestamp: numberOf(fields.get('attemptendingtimestamp')),
      lambdaArn: textOf(fields.get('lambdaarn')),
      ...(localReason !== undefined && { localReason }),
    },
  }
}

function fieldsOf(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    return new Map(Object.entries(value).map(([key, field]) => [key.toLowerCase(), field]))
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
