import type { Fanout } from '../../router/model.ts'
import { encodeRows } from './encode-extra-rows.ts'
import { openEnvelope } from './open-envelope.ts'
import { reingestOverflow } from './reingest-overflow.ts'

/** The fan-out that a reingestion target brings to its router: envelopes, and several rows of one record. */
export const fanout: Fanout = { openEnvelope, encodeRows, reingestOverflow }
