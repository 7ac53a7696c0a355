/** Why a record, or a whole batch, did not get into a table: the two fields of an error object that say it. */
export interface Failure {
  /** One of AWS's codes, or one that begins with `Local.` where AWS documents none. */
  readonly errorCode: string
  readonly errorMessage: string
}

/** The handler failed, or its answer cannot be used at all. */
export function functionError(errorMessage: string): Failure {
  return { errorCode: 'Lambda.FunctionError', errorMessage }
}
