import type { FirehoseTransformationEvent } from '../../firehose/event.ts'

/** Lambda's context of an invocation, without the deprecated ways to end a function. */
export interface LambdaContext {
  readonly functionName: string
  readonly functionVersion: string
  readonly invokedFunctionArn: string
  readonly memoryLimitInMB: string
  readonly awsRequestId: string
  readonly logGroupName: string
  readonly logStreamName: string
  callbackWaitsForEmptyEventLoop: boolean
  getRemainingTimeInMillis(): number
}

/** The callback that ended an invocation up to Node 22. `@types/aws-lambda` still has it, but no handler gets one. */
export type HandlerCallback = (error?: unknown, response?: unknown) => void

/**
 * A transformation handler as Lambda runs it: `router.handler()`, one typed by `@types/aws-lambda`, or plain JavaScript. Its
 * answer is checked at run time, so its return type is `unknown`.
 */
export type TransformationHandler = {
  // A method, because its parameters are compared bivariantly: @types/aws-lambda has no MSK records, and its handlers have
  // to be accepted nevertheless.
  handle(event: FirehoseTransformationEvent, context: LambdaContext, callback: HandlerCallback): unknown
}['handle']

/** The function that the local Firehose invokes, as AWS would name it. */
export interface FunctionIdentity {
  readonly name: string
  readonly arn: string
}

/** Names the function of a stream. */
export function functionIdentity(deliveryStreamName: string, region: string, accountId: string): FunctionIdentity {
  const name = `${deliveryStreamName}-transform`
  return { name, arn: `arn:aws:lambda:${region}:${accountId}:function:${name}:$LATEST` }
}

/** Makes the context of one invocation, which may end `timeoutMs` from now. */
export function createContext(
  { name, arn }: FunctionIdentity,
  { clock, newId, timeoutMs }: { clock: () => number; newId: () => string; timeoutMs: number },
): LambdaContext {
  const startedAt = clock()
  return {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: '1024',
    awsRequestId: newId(),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `${new Date(startedAt).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]local`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, startedAt + timeoutMs - clock()),
  }
}
