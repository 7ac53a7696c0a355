import type { Fault, FaultSchedule } from './fault.ts'
import { type Answer, failure } from './http-response.ts'
import { operations } from './operations/index.ts'
import type { Context, Input } from './service-operation.ts'
import { type Stream, toStreams } from './stream.ts'

/** What the caller of a service sees: an answer, now or later, or no answer. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly delayMs: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drop' }

/** The options of {@link createService}. */
export interface ServiceOptions {
  readonly streams: readonly Stream[]
  readonly faults?: FaultSchedule
}

/** A request: the `X-Amz-Target` and the body, parsed. */
export interface Call {
  readonly target: string
  readonly input: Input
}

/**
 * Creates Firehose and Kinesis without a network: a function that takes a call, applies a fault if there is one, and returns
 * what its caller sees.
 */
export function createService({ streams, faults = () => undefined }: ServiceOptions): (call: Call) => Reply {
  const known = toStreams(streams)
  let calls = 0
  let ids = 0
  const nextId = (): string => `4965${String(ids++).padStart(52, '0')}`
  return ({ target, input }) => {
    const operation = operations.get(target)
    if (operation === undefined) return now(failure('UnknownOperationException', 'There is no such operation.'))
    const fault = faults({ index: calls++, target })
    if (fault?.kind === 'throttle') return now(operation.throttled)
    const context: Context = {
      streams: known,
      nextId,
      fails: fault?.kind === 'fail-entries' ? fault.fails : () => false,
    }
    return applyFault(fault, () => operation.run(input, context))
  }
}

function applyFault(fault: Fault | undefined, run: () => Answer): Reply {
  switch (fault?.kind) {
    case 'refuse':
      return now(fault.answer)
    case 'hang':
    case 'drop':
      if (fault.taken) run()
      return { kind: fault.kind }
    case 'late':
      return { kind: 'answer', answer: run(), delayMs: fault.delayMs }
    default:
      return now(run())
  }
}

function now(answer: Answer): Reply {
  return { kind: 'answer', answer, delayMs: 0 }
}
