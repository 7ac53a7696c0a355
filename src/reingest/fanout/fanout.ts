import type { Fanout } from '../../router/model.ts'
import { encodeRows } from './encode-extra-rows.ts'
import { openEnvelope } from './open-envelope.ts'
import { reingestOverflow } from './reingest-overflow.ts'

/** Envelopes and several rows of one record, as a reingestion target brings them to its router. */
export const fanout: Fanout = { openEnvelope, encodeRows, reingestOverflow }
