import { SOURCE_SHAPES } from '../../firehose/stream-source.ts'
import type { LocalSend } from '../../router/local-run.ts'
import type { Batch } from './batcher.ts'
import { buildInvocation } from './build-invocation.ts'
import { callHandler } from './call.ts'
import type { FirehoseSettings } from './firehose-settings.ts'
import { createContext, type FunctionIdentity } from './lambda-handler.ts'
import { type Observed, runObserved } from './observe-run.ts'
import { type Failure, functionError } from './record-failure.ts'
import { checkAnswer, type Verdict } from './verdict.ts'

const NOTHING: Observed = new Map()

/** The result of all invocations of one batch. */
export interface Invocation {
  /** A verdict for every record of the batch, in order. */
  readonly verdicts: readonly Verdict[]
  readonly attemptsMade: number
  /** The outcomes that routers reported in the attempt that counted. */
  readonly observed: Observed
}

/**
 * Invokes the handler for a batch until its answer can be used, with at most `numberOfRetries` retries. Every attempt has a
 * new `invocationId` and the same records. If the last attempt fails, all records of the batch fail.
 */
export async function invoke(
  batch: Batch,
  settings: FirehoseSettings,
  { identity, send }: { identity: FunctionIdentity; send: LocalSend | undefined },
): Promise<Invocation> {
  const attempts = settings.transform.numberOfRetries + 1
  let failure: Failure = functionError('the handler was not invoked')
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { result, observed } = runObserved(send, () => attemptOnce(batch, settings, identity))
    const answer = await result
    if (answer.failure === undefined) return { verdicts: answer.verdicts, attemptsMade: attempt, observed }
    failure = answer.failure
  }
  const verdicts = batch.map((record): Verdict => ({ kind: 'failed', record, failure }))
  return { verdicts, attemptsMade: attempts, observed: NOTHING }
}

async function attemptOnce(
  batch: Batch,
  settings: FirehoseSettings,
  identity: FunctionIdentity,
): Promise<ReturnType<typeof checkAnswer>> {
  const { handler, clock, newId, source, behaviour } = settings
  const { timeoutMs } = settings.transform
  const records = batch.map((record) => record.wire)
  const invocation = buildInvocation(settings, newId(), records)
  const context = createContext(identity, { clock, newId, timeoutMs })
  const reply = await callHandler({ handler, invocation, context, timeoutMs })
  if (reply.failure !== undefined) return { failure: reply.failure }
  return checkAnswer(reply.response, batch, { payloadKey: SOURCE_SHAPES[source].payloadKey, behaviour })
}
