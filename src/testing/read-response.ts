import { Buffer } from 'node:buffer'
import { IcebergRouterError } from '../error.ts'
import type { JsonObject } from '../firehose/decode.ts'
import type {
  FirehoseResponseRecord,
  FirehoseTransformationResponse,
  OkRecord,
  Operation,
} from '../firehose/response.ts'

/** One decoded answer. Properties that the answer does not have are missing. */
export interface AnsweredRecord {
  readonly recordId: string
  readonly result: FirehoseResponseRecord['result']
  readonly database?: string
  readonly table?: string
  /** Missing if the handler leaves it out, as for append-only streams. */
  readonly operation?: Operation
  /** The decoded row of an `Ok` answer. */
  readonly row?: JsonObject
}

/**
 * Decodes a response, so that a test can compare rows instead of base64.
 *
 * @throws IcebergRouterError `InvalidHandler` for an `Ok` answer without a readable row; `checkResponse` lists all problems
 */
export function readResponse(response: FirehoseTransformationResponse): AnsweredRecord[] {
  return response.records.map((record) => {
    const { recordId, result } = record
    return record.result === 'Ok'
      ? { recordId, result, ...readRouting(record), row: readRow(record) }
      : { recordId, result }
  })
}

function readRouting({ metadata }: OkRecord): Pick<AnsweredRecord, 'database' | 'table' | 'operation'> {
  const { destinationDatabaseName: database, destinationTableName: table, operation } = metadata.otfMetadata
  return operation === undefined ? { database, table } : { database, table, operation }
}

function readRow({ recordId, data, kafkaRecordValue }: OkRecord): JsonObject {
  try {
    return JSON.parse(Buffer.from(data ?? kafkaRecordValue ?? '', 'base64').toString('utf8')) as JsonObject
  } catch {
    const headline = `the answer for record ${recordId} has no readable row; checkResponse(event, response) says why`
    throw new IcebergRouterError('InvalidHandler', headline)
  }
}
