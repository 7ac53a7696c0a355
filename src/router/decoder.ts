import type { DecodedRecord, DecodeFailure } from '../firehose/decode.ts'
import type { FirehoseRecord } from '../firehose/event.ts'

/** How many events a decoder makes of one record. */
export type Yields = 'one event'

/**
 * Turns the bytes of a record into its event, or into several. The functions of `firehose-iceberg-router/d` make decoders:
 * `d.gzip(d.json<Order>())`. `Event` is what the router's routes then match.
 */
export interface Decoder<Event, Count extends Yields = 'one event'> {
  readonly kind: 'decoder'
  /** As messages print it: `gzip(json)`. */
  readonly name: string
  readonly yields: Count
  /** The code that the router needs to use it. */
  readonly '~decoder': DecoderPart
  /** Only in the types. */
  readonly '~event'?: Event
}

/** The part of the router that a decoder brings, so that a router without one does not contain it. */
export interface DecoderPart {
  /** Why it cannot run here, a sentence each. */
  readonly problems: readonly string[]
  /** Reads the payload of a record, or an envelope that the router put back onto the stream. */
  readonly decodeRecord: (record: FirehoseRecord) => DecodedRecord
  /** Reads bytes that another decoder has unpacked. May throw: `decodeRecord` catches it. */
  readonly decode: (bytes: Uint8Array) => DecodedPayload
  /** Recognises its format by the first bytes; undefined if no first bytes are typical of it. */
  readonly recognises: ((bytes: Uint8Array) => boolean) | undefined
}

/** What a decoder makes of bytes. `value` may be anything inside another decoder; an event has to be an object. */
export type DecodedPayload = PayloadValue | PayloadFailure | { readonly kind: 'dropped'; readonly dropped: string }

export interface PayloadValue {
  readonly kind: 'value'
  readonly value: unknown
}

export interface PayloadFailure {
  readonly kind: 'failure'
  readonly failure: DecodeFailure
}
