import type { FirehoseRecord } from '../../firehose/event.ts'
import type { Failure as RouterFailure } from '../../outcome/outcome.ts'

/** Why a record, or a whole batch, did not get into a table: two fields of an error object. */
export interface Failure {
  /** One of AWS's codes, or a code that begins with `Local.` if AWS documents no code. */
  readonly errorCode: string
  readonly errorMessage: string
}

/** A record that failed in any stage. */
export interface RecordFailure extends Failure {
  /**
   * Its position in the order of `put`, from 0. A record that was put back has the position of the record that it comes from.
   */
  readonly sequence: number
  /** The record as the handler got it. */
  readonly record: FirehoseRecord
  /** The router's reason, with code, route and path; undefined if no router failed it. */
  readonly reason?: RouterFailure
  /** Set if its row goes to the router's dead-letter table instead of an error object. */
  readonly deadLettered?: true
}

/** The failure of a dead letter. To Firehose it is a row like any other; only its router knows that the record failed. */
export const DEAD_LETTERED: Failure = {
  errorCode: 'Local.DeadLettered',
  errorMessage: 'the router failed the record and answered with a row of its dead-letter table',
}

/** The handler failed, or its answer cannot be used at all. */
export function functionError(errorMessage: string): Failure {
  return { errorCode: 'Lambda.FunctionError', errorMessage }
}
