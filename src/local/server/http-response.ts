/** A service's answer, before it is printed. */
export interface Answer {
  readonly status: number
  readonly body: object
}

/** The account of every local stream. */
export const ACCOUNT = '111122223333'

/** Makes the answer of a successful call. */
export function success(body: object): Answer {
  return { status: 200, body }
}

/** Makes an error in the shape of AWS JSON 1.1; SDKs read the exception's name from `__type`. */
export function failure(type: string, message: string, status = 400): Answer {
  return { status, body: { __type: type, message } }
}

/** Makes the services' error for an invalid request, which names the path. */
export function invalid(path: string, constraint: string): Answer {
  const message = `1 validation error detected: Value at '${path}' failed to satisfy constraint: ${constraint}`
  return failure('ValidationException', message)
}

/** Checks whether a value is an answer. */
export function isAnswer(value: object): value is Answer {
  return 'status' in value && 'body' in value
}
