import type { FirehoseTransformationEvent } from '../../firehose/event.ts'

/** What a handler is told about its invocation: Lambda's context, without its long deprecated ways to end a function. */
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

/** What ended an invocation up to Node 22: it is in the types of `@types/aws-lambda`, and no handler gets one. */
export type HandlerCallback = (error?: unknown, response?: unknown) => void

/**
 * A transformation handler as Lambda runs it: `router.handler()`, one typed by `@types/aws-lambda`, or plain JavaScript.
 * What it returns is checked when it comes, so its type is open.
 */
export type TransformationHandler = {
  // Written as a method, because its parameters are then compared both ways: @types/aws-lambda knows no MSK records,
  // and its handlers have to be accepted all the same.
  handle(event: FirehoseTransformationEvent, context: LambdaContext, callback: HandlerCallback): unknown
}['handle']

/** The function that the local Firehose invokes, as AWS would name it. */
export interface FunctionIdentity {
  readonly name: string
  readonly arn: string
}

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
