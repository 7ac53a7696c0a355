import type { FirehoseRecord } from '../../firehose/event.ts'

/** Why a record, or a whole batch, did not get into a table: the two fields of an error object that say it. */
export interface Failure {
  /** One of AWS's codes, or one that begins with `Local.` where AWS documents none. */
  readonly errorCode: string
  readonly errorMessage: string
}

/** A record that failed, whichever stage it failed in. */
export interface RecordFailure extends Failure {
  /** How many records were taken before it: its place in the order of `put`. */
  readonly sequence: number
  /** The record as the handler got it. */
  readonly record: FirehoseRecord
}

/** The handler failed, or its answer cannot be used at all. */
export function functionError(errorMessage: string): Failure {
  return { errorCode: 'Lambda.FunctionError', errorMessage }
}
