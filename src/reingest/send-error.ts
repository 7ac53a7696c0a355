/** Why an item, or a whole call, was not accepted, and whether trying again can help. */
export interface SendError {
  readonly reason: string
  readonly retry: boolean
}

/** Both services throttle with HTTP 400, so the name has to tell; these are transient wherever they come from. */
const TRANSIENT =
  /Throttl|ThroughputExceeded|TooManyRequests|LimitExceeded|SlowDown|ServiceUnavailable|InternalFailure|InternalServer|Timeout/i

/** Codes of Node's sockets, its HTTP/2 and HTTP parser, and of undici. */
const NETWORK = /^(E[A-Z]{3,}|EAI_\w+|ERR_HTTP2_\w+|ERR_STREAM_\w+|HPE_\w+|UND_ERR_\w+)$/

/**
 * Reads an error that a client's `send` rejected with. Throttling, server faults and network errors are worth another
 * attempt; what the service refuses (access, validation, a stream that is not there) is not.
 */
export function sendErrorOf(error: unknown): SendError {
  const reason = nameOf(error)
  const status = statusOf(error)
  if (TRANSIENT.test(reason) || networkCodeOf(error) !== undefined) return { reason, retry: true }
  // A 2xx that the client could not read: the service may have taken it all, but nobody confirmed it.
  return { reason, retry: status !== undefined && (status < 300 || status === 408 || status === 429 || status >= 500) }
}

function nameOf(error: unknown): string {
  const { name } = fields(error)
  const code = networkCodeOf(error)
  if (typeof name === 'string' && name !== 'Error' && name !== 'TypeError') return name
  return code ?? (typeof name === 'string' ? name : 'UnknownError')
}

/** The status of the answer, where there was one. */
function statusOf(error: unknown): number | undefined {
  const { $metadata, $response } = fields(error)
  const { httpStatusCode } = fields($metadata)
  const { statusCode } = fields($response)
  const status = httpStatusCode ?? statusCode
  return typeof status === 'number' ? status : undefined
}

/** `fetch` hides the code of the socket in its cause; no chain of causes is longer than a few. */
function networkCodeOf(error: unknown, depth = 4): string | undefined {
  const { code, cause } = fields(error)
  if (typeof code === 'string' && NETWORK.test(code)) return code
  return depth === 0 || cause === undefined ? undefined : networkCodeOf(cause, depth - 1)
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
