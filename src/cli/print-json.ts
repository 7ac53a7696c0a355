import type { IcebergRouterError } from '../error.ts'
import { printExactly } from '../table/exact-json.ts'

/** Prints the result of a command as one JSON document. Whole numbers beyond 2^53 stay exact. */
export function printJson(result: object): string {
  return `${printExactly(result)}\n`
}

/** Converts an error to a part of a result. */
export function toJsonError({ code, message, problems }: IcebergRouterError): object {
  return { code, message, problems }
}

const reported = new WeakSet<object>()

/** Marks an error that is part of a command's result. */
export function asReported<Failure extends object>(error: Failure): Failure {
  reported.add(error)
  return error
}

/** Checks whether an error is part of a command's result. */
export function isReported(error: object): boolean {
  return reported.has(error)
}
