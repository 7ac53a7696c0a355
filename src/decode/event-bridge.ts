import type { JsonObject } from '../firehose/decode.ts'
import type { Decoder } from '../router/decoder.ts'
import { createDecoder } from './create-decoder.ts'
import { beginsAsObject } from './json-decoder.ts'
import { readShape } from './unwrap.ts'

/**
 * An event of Amazon EventBridge, as a rule or a pipe sends it unchanged.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
 */
export interface EventBridgeEvent<Detail = JsonObject, DetailType extends string = string> {
  readonly version: string
  readonly id: string
  readonly 'detail-type': DetailType
  readonly source: string
  readonly account: string
  /** ISO 8601, in seconds. */
  readonly time: string
  readonly region: string
  readonly resources: readonly string[]
  readonly detail: Detail
}

const SHAPE = {
  name: 'an EventBridge event',
  keys: {
    version: 'string',
    id: 'string',
    'detail-type': 'string',
    source: 'string',
    account: 'string',
    time: 'string',
    region: 'string',
    resources: 'array',
    detail: 'object',
  },
} as const

/** Reads an event of EventBridge, and refuses what is not one. `Event` may be a union of {@link EventBridgeEvent}s. */
export function eventBridge<Event extends EventBridgeEvent<object> = EventBridgeEvent>(): Decoder<Event> {
  return createDecoder({
    name: 'eventBridge',
    yields: 'one event',
    recognises: beginsAsObject,
    decode: (bytes) => readShape(bytes, SHAPE, (value) => ({ kind: 'value', value })),
  })
}
