/** Bytes that go back onto the stream that they came from. */
export interface ReingestItem {
  /** The record before base64. */
  readonly data: Uint8Array
  /** The partition key of the original record; Kinesis sources only. */
  readonly partitionKey?: string
}

/** The invocation that puts items back. Times are in milliseconds. */
export interface ReingestContext {
  readonly deliveryStreamArn: string
  readonly sourceKinesisStreamArn?: string | undefined
  readonly sourceMSKArn?: string | undefined
  /** Milliseconds that are left for putting back; zero or less if the time is up. */
  readonly remainingMs: () => number
}

/** The result of one item: confirmed by the service, or the reason why not. */
export type ReingestResult =
  | { readonly accepted: true }
  | { readonly accepted: false /** The service's own code, or `DeadlineExceeded`. */; readonly reason: string }

/**
 * Receives the rows and records that go back onto the stream. `firehose-iceberg-router/reingest` makes targets for
 * Firehose and Kinesis; `reingestTarget` makes any other (SQS, another stream).
 */
export interface ReingestTarget {
  readonly kind: 'reingest'
  /**
   * Puts items back, as many as the time allows. Returns one result for each item, in order. Must not reject because of the
   * service's answer. An item is accepted only after the service confirmed it.
   */
  readonly put: (items: readonly ReingestItem[], call: ReingestContext) => Promise<readonly ReingestResult[]>
  /** Signs what the router puts back, so that a producer cannot forge it. */
  readonly signer?: {
    readonly sign: (text: string) => string
    /** Compares in constant time. */
    readonly verify: (text: string, signature: string) => boolean
  }
  /** The code of reingestion. It is a property of the target, so that a router without a target does not contain it. */
  readonly '~fanout': unknown
}
