import type { ReingestContext, ReingestItem } from '../router/target.ts'
import type { CallLimits } from './call-limits.ts'
import type { AnswerKeys } from './confirmation.ts'

/** Anything that sends the SDK's commands: its own client, or an object with the same `send`. */
export interface CommandClient<Input> {
  send(command: { readonly input: Input }, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>
}

/** Sends some items in one call, within the limits, and returns the service's answer unchanged. */
export type SendCall = (items: readonly ReingestItem[], abortSignal: AbortSignal) => Promise<unknown>

/** How a service counts items, and what its answer looks like. */
export interface ServiceRules {
  readonly limits: CallLimits
  readonly answer: AnswerKeys
  /** Bytes of an item, as the service counts them. */
  readonly sizeBytes: (item: ReingestItem) => number
  /** Why the service cannot accept an item, apart from its size; undefined if it can. */
  readonly refuse: (item: ReingestItem) => string | undefined
}

/** Everything that differs between services. A new service is one object like this. */
export interface Service<Input extends object> extends ServiceRules {
  /** The `X-Amz-Target` of its call. */
  readonly operation: string
  /** The stream that the invocation came from, or why nothing can be put back onto it. */
  readonly address: (call: ReingestContext) => Address
  /** The input of a call that sends some items to a stream. */
  readonly toInput: (stream: string, items: readonly ReingestItem[]) => Input
  /**
   * Loads the SDK's command class, and returns a function that sends one command through the client.
   *
   * @throws IcebergRouterError `MissingDependency`
   */
  readonly open: () => Promise<(input: Input, abortSignal: AbortSignal) => Promise<unknown>>
}

/** A stream to write to, or the reason why there is no such stream. */
export type Address = { readonly stream: string } | { readonly reason: string }

/**
 * The reason for MSK, whose topics no AWS client can write to. The remedy is part of the code, because only the code reaches
 * the failure of a record.
 */
export const MSK_SOURCE = 'MskSource:pass-a-custom-target-such-as-SQS-or-another-stream'
