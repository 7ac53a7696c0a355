import type { FirehoseRecord } from '../../firehose/event.ts'
import type { Failure as RouterFailure } from '../../outcome/outcome.ts'

/** Why a record, or a whole batch, did not get into a table: the two fields of an error object that say it. */
export interface Failure {
  /** One of AWS's codes, or one that begins with `Local.` where AWS documents none. */
  readonly errorCode: string
  readonly errorMessage: string
}

/** A record that failed, whichever stage it failed in. */
export interface RecordFailure extends Failure {
  /**
   * Its place in the order of `put`, from 0. A record that came round again has the place of the record that it comes from.
   */
  readonly sequence: number
  /** The record as the handler got it. */
  readonly record: FirehoseRecord
  /** Why it failed as the router says, with code, route and path; undefined if no router failed it. */
  readonly reason?: RouterFailure
  /** Its row goes to the router's dead-letter table, so that no error object has it. */
  readonly deadLettered?: true
}

/** Firehose sees a row like any other; that the record failed is only known to its router. */
export const DEAD_LETTERED: Failure = {
  errorCode: 'Local.DeadLettered',
  errorMessage: 'the router failed the record and answered with a row of its dead-letter table',
}

/** The handler failed, or its answer cannot be used at all. */
export function functionError(errorMessage: string): Failure {
  return { errorCode: 'Lambda.FunctionError', errorMessage }
}
