import type { DecodeCode } from '../firehose/decode.ts'
import type { Operation, OtfMetadata } from '../firehose/response.ts'
import type { RowCode } from '../table/refusal.ts'

/** Why a record failed. Codes are stable: count them, alarm on them. */
export type FailureCode =
  | DecodeCode
  | RowCode
  | 'NoRoute'
  | 'RouteFails'
  | 'MatcherThrew'
  | 'SchemaThrew'
  | 'SchemaMismatch'
  | 'OperationThrew'
  | 'InvalidOperation'
  | 'TransformThrew'
  | 'RowUnreadable'
  | 'ResponseTooLarge'

/** Why a record failed, without any value of its payload. */
export interface Failure {
  readonly code: FailureCode
  /** What was expected and what came, by type. */
  readonly message: string
  /** The route that took the record, where one did. */
  readonly route?: string
  /** The table of that route. */
  readonly table?: string
  /** Where in the event (codes of schemas) or the row (codes of tables); empty for the whole of it. */
  readonly path: string
  /** What the user's code threw. It may quote the payload, so it is not enumerable: no logger prints it by itself. */
  readonly cause?: unknown
}

/** A row on its way into its table. */
export interface Delivered {
  readonly status: 'delivered'
  readonly recordId: string
  readonly route: string
  readonly table: string
  readonly operation: Operation
  /** The routing as Firehose gets it. */
  readonly otfMetadata: OtfMetadata
  /** The row as the text of one JSON object. */
  readonly row: string
}

/** A record that a route or `otherwise` drops. */
export interface Dropped {
  readonly status: 'dropped'
  readonly recordId: string
  readonly route: string
}

/** A record that failed; its neighbours did not notice. */
export interface Failed {
  readonly status: 'failed'
  readonly recordId: string
  readonly failure: Failure
}

/** What became of a record: one outcome each, in the order of the event. */
export type Outcome = Delivered | Dropped | Failed

/** Makes a failed outcome. */
export function failed(recordId: string, failure: Omit<Failure, 'path'> & { readonly path?: string }): Failed {
  const { cause, ...visible } = failure
  const complete: Failure = { path: '', ...visible }
  if (cause !== undefined) Object.defineProperty(complete, 'cause', { value: cause, enumerable: false })
  return { status: 'failed', recordId, failure: complete }
}
