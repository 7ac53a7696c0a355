import type { DecodeCode } from '../firehose/decode.ts'
import type { JsonFault } from '../firehose/explain-json.ts'
import type { Operation, OtfMetadata } from '../firehose/response.ts'
import type { RowCode } from '../table/row-issue.ts'

/** Why a record failed. Codes are stable: count them, alarm on them. */
export type FailureCode =
  | DecodeCode
  | RowCode
  | 'NoRoute'
  | 'RouteFails'
  | 'MatcherThrew'
  | 'InvalidMatch'
  | 'SchemaThrew'
  | 'SchemaMismatch'
  | 'OperationThrew'
  | 'InvalidOperation'
  | 'TransformThrew'
  | 'RowUnreadable'
  | 'ResponseTooLarge'
  | 'NoRows'
  | 'SeveralRows'
  | 'TooManyRows'
  | 'UndeclaredTable'
  | 'ReingestFailed'
  | 'TooManyHops'
  | 'EnvelopeTooLarge'
  | 'EnvelopeUnexpected'
  | 'EnvelopeInvalid'
  | 'EnvelopeForged'
  | 'DeadlineExceeded'
  | 'ContextFailed'

/** One thing that a schema, or a table, finds wrong, without any value of the payload. */
export interface IssueSummary {
  /** A table's code; or the library's (Zod's `invalid_type`, Valibot's and ArkType's words), if it has one. */
  readonly code?: string
  /** Where in the event or the row; empty for the whole of it. */
  readonly path: string
}

/** Why a record failed, without any value of its payload. */
export interface Failure {
  readonly code: FailureCode
  /** What was expected and what arrived, by type. */
  readonly message: string
  /** The route that accepted the event, if one did. */
  readonly route?: string
  /** The table of that route. */
  readonly table?: string
  /** Where in the event (codes of schemas) or the row (codes of tables); empty for the whole of it. */
  readonly path: string
  /** File, line and column where the user's code threw: `handler.mjs:12:34`. */
  readonly thrownAt?: string
  /** What kind of text the payload is, with `InvalidJson` and `InvalidUtf8`: fix it where it is written. */
  readonly fault?: JsonFault
  /**
   * What is wrong, the first ten by code and path: with `SchemaMismatch` what the schema found; with codes of tables the
   * columns, if several do not fit.
   */
  readonly issues?: readonly IssueSummary[]
  /** What the user's code threw, or the schema's issues as the library made them. It may quote the payload, so it is not enumerable: loggers do not print it by default. */
  readonly cause?: unknown
}

/** Where a reingested row or record first came from. */
export interface Origin {
  /** The id under which the record first arrived. */
  readonly recordId: string
  /** The place of the row among those that its transform returned; absent for a record that was put back whole. */
  readonly index?: number
  /** How often it has been put back, 1 to 3. */
  readonly hops: number
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
  /** Rows of the same record that went onto the stream, as one answer holds one row. */
  readonly extraRows?: number
  readonly origin?: Origin
}

/** A record that a route or `otherwise` drops. */
export interface Dropped {
  readonly status: 'dropped'
  readonly recordId: string
  readonly route: string
}

/** A record that did not fit into the response and went back onto the stream, confirmed by the service. */
export interface Reingested {
  readonly status: 'reingested'
  readonly recordId: string
  readonly route: string
  readonly table: string
  /** How often it has been put back by now, 1 to 3. */
  readonly hops: number
}

/** A record that failed. Other records are not affected. */
export interface Failed {
  readonly status: 'failed'
  readonly recordId: string
  readonly failure: Failure
  /** It is answered `Ok`, with a row of the dead-letter table. */
  readonly deadLettered?: true
  /** Rows of this record that the stream had accepted before another one failed: a replay delivers them again. */
  readonly acceptedRows?: number
}

/** The outcome of a record. A batch has one for each record, in the order of the invocation. */
export type Outcome = Delivered | Dropped | Reingested | Failed

/** A failure of which the path may be left out. */
export type FailureDetails = Omit<Failure, 'path'> & { readonly path?: string }

/**
 * Checks whether a value is a failed outcome. By its value, because a library may have given all objects a `status`.
 */
export function isFailed(value: object): value is Failed {
  return (value as { readonly status?: unknown }).status === 'failed'
}

/** Makes a failed outcome. */
export function failed(recordId: string, failure: FailureDetails): Failed {
  const { cause, ...visible } = failure
  const complete: Failure = { path: '', ...visible }
  if (cause !== undefined) Object.defineProperty(complete, 'cause', { value: cause, enumerable: false })
  return { status: 'failed', recordId, failure: complete }
}
