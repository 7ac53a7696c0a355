/** What a service answers, before it is printed. */
export interface Answer {
  readonly status: number
  readonly body: object
}

/** The account of every local stream. */
export const ACCOUNT = '111122223333'

/** An answer of a call that went well. */
export function success(body: object): Answer {
  return { status: 200, body }
}

/** An error in the shape of AWS JSON 1.1; SDKs read the exception's name from `__type`. */
export function failure(type: string, message: string, status = 400): Answer {
  return { status, body: { __type: type, message } }
}

/** What the services say where a request breaks their model; they name the path, and so does this. */
export function invalid(path: string, constraint: string): Answer {
  const message = `1 validation error detected: Value at '${path}' failed to satisfy constraint: ${constraint}`
  return failure('ValidationException', message)
}

/** Tells an answer from a value that was read. */
export function isAnswer(value: object): value is Answer {
  return 'status' in value && 'body' in value
}
