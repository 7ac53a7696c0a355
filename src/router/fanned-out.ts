import type { FirehoseRecord } from '../firehose/event.ts'
import type { Operation } from '../firehose/response.ts'
import type { State } from '../outcome/pending-row.ts'
import type { DeliveringRoute } from './compile.ts'

/** Where a record comes from: what an envelope has to carry when the record, or a row of it, goes back onto the stream. */
export type Lineage =
  | {
      readonly kind: 'record'
      readonly hops: number
      /** The record as it first arrived: its id, arrival time and payload. */
      readonly record: FirehoseRecord
    }
  | { readonly kind: 'row'; readonly hops: number; readonly originId: string; readonly index: number }

/** A row that cannot be in the answer, because an answer holds one. */
export interface FurtherRow {
  readonly index: number
  readonly table: string
  readonly operation: Operation
  /** The text of one JSON object, as its table's encoder wrote it. */
  readonly row: string
}

/** An outcome that is not all of it: the record came out of an envelope, or has further rows. */
export interface Draft {
  readonly status: 'draft'
  readonly outcome: State
  readonly lineage: Lineage
  readonly further: readonly FurtherRow[]
}

/** What a record came to by itself, before the batch is put together. Most records have nothing but an outcome. */
export type Processed = State | Draft

/** A record whose route makes rows and waits to be run. */
export interface Match {
  readonly status: 'matched'
  readonly route: DeliveringRoute
  /** What the matcher made of the event. */
  readonly value: unknown
  /** The event as it was decoded. */
  readonly event: unknown
  /** What the transform gets: the record as it first arrived. */
  readonly record: FirehoseRecord
  /** For a record out of an envelope: puts what it comes to back under the id to answer. */
  readonly wrap?: (processed: Processed) => Draft
}
