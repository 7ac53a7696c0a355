import type { ReingestContext, ReingestItem } from '../router/target.ts'
import type { CallLimits } from './call-limits.ts'
import type { AnswerKeys } from './confirmation.ts'

/** Anything that sends the SDK's commands: its own client, or an object with the same `send`. */
export interface CommandClient<Input> {
  send(command: { readonly input: Input }, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>
}

/** Sends some items in one call, within the limits, and gives the service's answer as it came. */
export type SendCall = (items: readonly ReingestItem[], abortSignal: AbortSignal) => Promise<unknown>

/** How a service counts, and what it answers. */
export interface ServiceRules {
  readonly limits: CallLimits
  readonly answer: AnswerKeys
  /** Bytes of an item, as the service counts them. */
  readonly sizeBytes: (item: ReingestItem) => number
  /** Why the service cannot take an item, whatever its size. */
  readonly refuse: (item: ReingestItem) => string | undefined
}

/** What differs between services that items can be put back to. Adding one is one object like this. */
export interface Service<Input extends object> extends ServiceRules {
  /** The `X-Amz-Target` of its call. */
  readonly operation: string
  /** The stream that the invocation came from, or why nothing can be put back onto it. */
  readonly address: (call: ReingestContext) => Address
  /** The input of a call that sends some items to a stream. */
  readonly toInput: (stream: string, items: readonly ReingestItem[]) => Input
  /**
   * Loads what makes the commands, and returns what sends one through the client.
   *
   * @throws IcebergRouterError `MissingDependency`
   */
  readonly open: () => Promise<(input: Input, abortSignal: AbortSignal) => Promise<unknown>>
}

/** A stream to write to, or the reason why there is none. */
export type Address = { readonly stream: string } | { readonly reason: string }

/**
 * A topic cannot be written back through an AWS client. The remedy is part of the code, because a code is all that comes
 * through to the failure of a record.
 */
export const MSK_SOURCE = 'MskSource:pass-a-custom-target-such-as-SQS-or-another-stream'
