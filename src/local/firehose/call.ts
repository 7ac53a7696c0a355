import { Buffer } from 'node:buffer'
import type { FirehoseTransformationEvent } from '../../firehose/event.ts'
import { MAX_RESPONSE_BYTES } from '../../firehose/limits.ts'
import { typeName } from '../../table/wrong-type.ts'
import type { LambdaContext, TransformationHandler } from './lambda-handler.ts'
import { type Failure, functionError } from './record-failure.ts'

/** A handler's answer, parsed from its JSON, or why there is no answer: exactly one of the two. */
export type Reply =
  | { readonly response: unknown; readonly failure?: undefined }
  | { readonly response?: undefined; readonly failure: Failure }

/** One invocation of a handler. */
export interface HandlerCall {
  readonly handler: TransformationHandler
  readonly invocation: FirehoseTransformationEvent
  readonly context: LambdaContext
  readonly timeoutMs: number
}

/** A handler without the callback: newer runtimes of Lambda pass none, and only `@types/aws-lambda` still has it. */
type Invoke = (event: FirehoseTransformationEvent, context: LambdaContext) => unknown

const TIMED_OUT = Symbol('timed out')

/**
 * Invokes a handler once, as Lambda does: event and response pass through JSON, so neither side can reach into the
 * other's objects. A handler that blocks the thread cannot be stopped; one that only never answers can.
 */
export async function callHandler({ handler, invocation, context, timeoutMs }: HandlerCall): Promise<Reply> {
  const copy: FirehoseTransformationEvent = JSON.parse(JSON.stringify(invocation))
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, TIMED_OUT)
  })
  try {
    // Inside a promise, so that a handler that throws is treated like one that rejects.
    const response = await Promise.race([(async () => (handler as Invoke)(copy, context))(), timeout])
    return response === TIMED_OUT ? timedOut(timeoutMs) : throughJson(response)
  } catch (error) {
    return { failure: functionError(describeThrown(error)) }
  } finally {
    clearTimeout(timer)
  }
}

function throughJson(response: unknown): Reply {
  let text: string
  try {
    // Lambda sends null if a function returns undefined.
    text = JSON.stringify(response) ?? 'null'
  } catch {
    return { failure: functionError('the response cannot be written as JSON (a BigInt or a circular reference?)') }
  }
  const sizeBytes = Buffer.byteLength(text, 'utf8')
  if (sizeBytes > MAX_RESPONSE_BYTES) {
    const size = `the response has ${sizeBytes} bytes, and Lambda returns at most ${MAX_RESPONSE_BYTES}`
    return { failure: functionError(`${size}: use a smaller transform buffer, or shorter rows`) }
  }
  return { response: JSON.parse(text) }
}

function timedOut(timeoutMs: number): Reply {
  const errorMessage = `the handler did not answer within ${timeoutMs} ms; raise transform.timeoutMs (at most 300,000)`
  return { failure: { errorCode: 'Lambda.FunctionTimedOut', errorMessage } }
}

/** Describes an error by its name and where it was thrown, without its message: JSON.parse quotes the payload in it. */
function describeThrown(error: unknown): string {
  if (!(error instanceof Error)) return `the handler threw ${typeName(error)}`
  const name = /^\w{1,64}$/.test(error.name) ? error.name : 'Error'
  const frame = firstFrame(error)
  return `the handler threw ${name}${frame === undefined ? '' : ` at ${frame}`}`
}

function firstFrame({ stack = '', message }: Error): string | undefined {
  const start = stack.indexOf(message)
  // Only after the message: a message of several lines could look like a frame.
  return start === -1 ? undefined : /^\s+at (.+)$/m.exec(stack.slice(start + message.length))?.[1]
}
