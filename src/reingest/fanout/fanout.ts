import type { JsonObject } from '../../firehose/decode.ts'
import type { FirehoseRecord } from '../../firehose/event.ts'
import type { Failed } from '../../outcome/outcome.ts'
import type { Delivery } from '../../outcome/pending-row.ts'
import type { MaybePromise } from '../../promise.ts'
import type { CompiledRouter } from '../../router/compile.ts'
import type { Match, Processed } from '../../router/fanned-out.ts'
import type { Invocation } from '../../router/overflow.ts'
import type { Plan } from '../../router/response.ts'
import { encodeRows } from './encode-rows.ts'
import { settleShipments } from './handle-overflow.ts'
import { openEnvelope } from './open-envelope.ts'

/**
 * All that a router knows of envelopes and of several rows for one record. A target brings it, so that a router without one
 * carries none of it.
 */
export interface Fanout {
  /** Takes a record that is an envelope as far as its row, or its route. */
  readonly open: (
    router: CompiledRouter,
    envelope: JsonObject,
    record: FirehoseRecord,
  ) => MaybePromise<Processed | Match>
  /** Writes all rows of a record, or none of them. */
  readonly encodeRows: (
    match: Match,
    rows: readonly unknown[],
    encode: (row: unknown) => Delivery | Failed,
  ) => Processed
  /** Settles what the response could not take. Returns a promise only where something is put back. */
  readonly settle: (invocation: Invocation, plan: Plan) => Promise<void> | undefined
}

/** The parts of a fan-out, as a target brings them. */
export const fanout: Fanout = { open: openEnvelope, encodeRows, settle: settleShipments }
