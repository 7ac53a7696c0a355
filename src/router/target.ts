/** Bytes that go back onto the stream that they came from. */
export interface ReingestItem {
  /** The record before base64. */
  readonly data: Uint8Array
  /** The partition key of the original record; Kinesis sources only. */
  readonly partitionKey?: string
}

/** The invocation that puts items back. */
export interface ReingestContext {
  readonly deliveryStreamArn: string
  readonly sourceKinesisStreamArn?: string | undefined
  readonly sourceMSKArn?: string | undefined
  /** Milliseconds that are left for putting back; zero or less when it is time to give up. */
  readonly remainingMs: () => number
}

/** What became of an item: the service confirmed it, or why it did not. */
export type ReingestResult =
  | { readonly accepted: true }
  | { readonly accepted: false /** The service's own code, or `DeadlineExceeded`. */; readonly reason: string }

/**
 * Where rows and records go that do not fit into a response. `firehose-iceberg-router/reingest` makes targets for
 * Firehose and Kinesis; `reingestTarget` makes any other (SQS, another stream).
 */
export interface ReingestTarget {
  readonly kind: 'reingest'
  /**
   * Puts items back, as many as the time allows. Never rejects for what the service says: every item gets its answer, in
   * order. An item is accepted only after the service confirmed it.
   */
  readonly put: (items: readonly ReingestItem[], call: ReingestContext) => Promise<readonly ReingestResult[]>
  /** Signs what the router puts back, so that a producer cannot forge it. */
  readonly signer?: {
    readonly sign: (text: string) => string
    /** Compares in constant time. */
    readonly verify: (text: string, signature: string) => boolean
  }
  /** The router's own part of a target, which comes with it so that a router without one does not carry it. */
  readonly '~fanout': unknown
}
