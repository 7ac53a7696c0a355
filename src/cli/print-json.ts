import type { IcebergRouterError } from '../error.ts'
import { printExactly } from '../table/exact-json.ts'

/** Writes the result of a command for a program: one JSON document. Whole numbers beyond 2^53 stay exact. */
export function printJson(result: object): string {
  return `${printExactly(result)}\n`
}

/** An error as a result. */
export function toJsonError({ code, message, problems }: IcebergRouterError): object {
  return { code, message, problems }
}

const reported = new WeakSet<object>()

/** Marks an error that a command has put into its result. */
export function asReported<Failure extends object>(error: Failure): Failure {
  reported.add(error)
  return error
}

/** Whether a command has put an error into its result. */
export function isReported(error: object): boolean {
  return reported.has(error)
}
