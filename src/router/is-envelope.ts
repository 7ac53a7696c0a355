import type { JsonObject } from '../firehose/decode.ts'

/** The only key of an envelope. No event has it by accident: no naming convention begins with a tilde. */
export const ENVELOPE_KEY = '~firehose-iceberg-router'

/** The route of rows out of envelopes, for reports. */
export const REINGESTED_ROUTE = 'reingested'

/** Checks whether an event is an envelope: one object under one reserved key. */
export function isEnvelope(event: JsonObject): boolean {
  // No prototype has the key: reading it is enough for nearly all events.
  return event[ENVELOPE_KEY] !== undefined && Object.keys(event).length === 1
}
