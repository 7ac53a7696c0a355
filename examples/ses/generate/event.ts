import type { SesEventType } from 'firehose-iceberg-router/ses'

/** Settings of the generators. */
export interface GenerateOptions {
  /** How many lines, good and broken. */
  readonly count: number
  /** The same seed gives the same lines. */
  readonly seed: number
  /** Send, Open and Click events (the default), or events of all ten types. */
  readonly events?: 'default' | 'all'
}

/** An event before it becomes JSON. */
export interface GeneratedEvent {
  readonly eventType: SesEventType
  readonly mail: object
}

/** The table of each event type. */
export const TABLES: { readonly [Type in SesEventType]: `${string}_log` } = {
  Send: 'send_log',
  Delivery: 'delivery_log',
  Bounce: 'bounce_log',
  Complaint: 'complaint_log',
  Reject: 'reject_log',
  Open: 'open_log',
  Click: 'click_log',
  'Rendering Failure': 'rendering_failure_log',
  DeliveryDelay: 'delivery_delay_log',
  Subscription: 'subscription_log',
}
