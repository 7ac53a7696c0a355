import type { FirehoseTransformationEvent, FirehoseTransformationResponse } from 'firehose-iceberg-router'

/** What a contender is built for. */
export interface ContenderSpec {
  /** The names of the event types it has a route for; of the three of SES each has its own columns, others are as Send. */
  readonly eventTypes: readonly string[]
}

/** A transformation Lambda, written in one of the ways that are compared. */
export type Handler = (
  event: FirehoseTransformationEvent,
) => FirehoseTransformationResponse | Promise<FirehoseTransformationResponse>

/** What the module of every contender exports. */
export interface Contender {
  readonly create: (spec: ContenderSpec) => Handler
}

/** The event types of SES, and the tables their rows go to. */
export const SES_TYPES: readonly string[] = ['Send', 'Open', 'Click']

/** The database of all contenders. */
export const DATABASE = 'email_event'

/** The table of an event type: `send_log` of `Send`, `type_17_log` of `com.example.mail.type-17`. */
export function tableName(eventType: string): string {
  const [last = eventType] = eventType.split('.').slice(-1)
  return `${last.toLowerCase().replaceAll('-', '_')}_log`
}
