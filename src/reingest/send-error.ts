/** Why an item, or a whole call, was not accepted, and whether trying again can help. */
export interface SendError {
  readonly reason: string
  readonly retry: boolean
}

/** Names of transient errors. Both services throttle with HTTP 400, so the status is not enough. */
const TRANSIENT =
  /Throttl|ThroughputExceeded|TooManyRequests|LimitExceeded|SlowDown|ServiceUnavailable|InternalFailure|InternalServer|Timeout/i

/** Codes of Node's sockets, its HTTP/2 and HTTP parser, and of undici. */
const NETWORK = /^(E[A-Z]{3,}|EAI_\w+|ERR_HTTP2_\w+|ERR_STREAM_\w+|HPE_\w+|UND_ERR_\w+)$/

/**
 * Reads an error that a client's `send` rejected with. Throttling, server faults and network errors are worth another
 * attempt; access, validation and a missing stream are not.
 */
export function sendErrorOf(error: unknown): SendError {
  const reason = nameOf(error)
  const status = statusOf(error)
  if (TRANSIENT.test(reason) || networkCodeOf(error) !== undefined) return { reason, retry: true }
  // A 2xx that the client could not read: the service may have accepted everything, but did not confirm it.
  return { reason, retry: status !== undefined && (status < 300 || status === 408 || status === 429 || status >= 500) }
}

function nameOf(error: unknown): string {
  const { name } = fields(error)
  const code = networkCodeOf(error)
  if (typeof name === 'string' && name !== 'Error' && name !== 'TypeError') return name
  return code ?? (typeof name === 'string' ? name : 'UnknownError')
}

/** The HTTP status of the answer, if there was one. */
function statusOf(error: unknown): number | undefined {
  const { $metadata, $response } = fields(error)
  const { httpStatusCode } = fields($metadata)
  const { statusCode } = fields($response)
  const status = httpStatusCode ?? statusCode
  return typeof status === 'number' ? status : undefined
}

/** Looks for a socket's code in the causes, where `fetch` puts it; the depth is limited because causes can form a circle. */
function networkCodeOf(error: unknown, depth = 4): string | undefined {
  const { code, cause } = fields(error)
  if (typeof code === 'string' && NETWORK.test(code)) return code
  return depth === 0 || cause === undefined ? undefined : networkCodeOf(cause, depth - 1)
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
