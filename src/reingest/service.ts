import type { ReingestContext, ReingestItem } from '../router/target.ts'
import type { AnswerKeys } from './confirmation.ts'
import type { CallLimits } from './limits.ts'

/** Anything that sends the SDK's commands: its own client, or an object with the same `send`. */
export interface CommandClient<Input> {
  send(command: { readonly input: Input }, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>
}

/** Sends some items in one call, within the limits, and gives the service's answer as it came. */
export type SendCall = (items: readonly ReingestItem[], abortSignal: AbortSignal) => Promise<unknown>

/** What differs between services that items can be put back to. Adding one is one object like this. */
export interface Service {
  readonly limits: CallLimits
  readonly answer: AnswerKeys
  /** Bytes of an item, as the service counts them. */
  readonly sizeBytes: (item: ReingestItem) => number
  /** Why the service cannot take an item, whatever its size. */
  readonly refuse: (item: ReingestItem) => string | undefined
  /** The stream that the invocation came from, or why nothing can be put back onto it. */
  readonly address: (call: ReingestContext) => Address
  /**
   * Loads what makes the commands.
   *
   * @throws IcebergRouterError `MissingDependency`
   */
  readonly open: (stream: string) => Promise<SendCall>
}

/** A stream to write to, or the reason why there is none. */
export type Address = { readonly stream: string } | { readonly reason: string }

/**
 * A topic cannot be written back through an AWS client. The remedy is part of the code, because a code is all that comes
 * through to the failure of a record.
 */
export const MSK_SOURCE = 'MskSource:pass-a-custom-target-such-as-SQS-or-another-stream'
