import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import { type Answer, failure, isAnswer } from './http-response.ts'
import type { Call } from './service.ts'

/** A request over HTTP/1.1 or HTTP/2. */
export type Request = IncomingMessage | Http2ServerRequest

/** The largest request is PutRecords' 10 MiB in base64, with its keys. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

const JSON_TYPE = 'application/x-amz-json-1.1'

/**
 * Reads a call in AWS JSON 1.1. The content type is required, because no page in a browser can send it to another origin
 * without a preflight request.
 */
export async function readCall(request: Request): Promise<Call | Answer> {
  const { method, headers } = request
  const body = await readBody(request)
  if (body === undefined) return failure('RequestEntityTooLargeException', 'The request is too large.', 413)
  if (method !== 'POST') return failure('UnknownOperationException', 'Calls are made with POST.', 405)
  if (headers['content-type'] !== JSON_TYPE) {
    return failure('SerializationException', `This server speaks ${JSON_TYPE}; CBOR has to be switched off.`, 415)
  }
  const target = headers['x-amz-target']
  if (typeof target !== 'string') return failure('UnknownOperationException', 'X-Amz-Target is missing.')
  const input = parse(body)
  return isAnswer(input) ? input : { target, input: input.value }
}

/** Reads the whole body, even of a request that will be refused: a client does not read the answer while it still writes. */
async function readBody(request: Request): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.byteLength
    if (sizeBytes <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  return sizeBytes <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : undefined
}

function parse(body: string): { readonly value: Record<string, unknown> } | Answer {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { value: value as Record<string, unknown> }
    }
  } catch {
    // Fall through to the answer below.
  }
  return failure('SerializationException', 'The request is not a JSON object.')
}
