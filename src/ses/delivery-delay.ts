import type { Column } from '../index.ts'
import * as t from '../table/t.ts'
import { defineFeedback, defineFeedbackLog, type FeedbackColumns } from './feedback.ts'
import type { SesMail } from './mail.ts'
import type { SesRecipient } from './recipients.ts'
import type { SesTable, SesType } from './type.ts'

/** A recipient whom a message has not reached yet. */
export interface SesDelayedRecipient extends SesRecipient {
  /** The status of RFC 3464, such as `4.4.1`. */
  readonly status?: string | null | undefined
  readonly diagnosticCode?: string | null | undefined
}

/** Why a message is late, and how long SES keeps trying. */
export interface SesDeliveryDelay {
  /** When SES noticed the delay: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  /** Such as `MailboxFull`, `SpamDetected`, `IPFailure`, `TransientCommunicationFailure`. */
  readonly delayType?: string | null | undefined
  readonly delayedRecipients?: readonly SesDelayedRecipient[] | null | undefined
  /** ISO 8601. */
  readonly expirationTime?: string | null | undefined
  readonly reportingMTA?: string | null | undefined
}

/** The recipient's server has not accepted a message yet. */
export interface SesDeliveryDelayEvent {
  readonly eventType: 'DeliveryDelay'
  readonly mail: SesMail
  readonly deliveryDelay: SesDeliveryDelay
}

type DeliveryDelayColumns = {
  readonly delay_type: Column<string | null>
  readonly expiration_time: Column<t.TimestampInput | null>
  readonly reporting_mta: Column<string | null>
}

/** One row for each delay. */
export const deliveryDelayLog: SesTable<FeedbackColumns<DeliveryDelayColumns>> = /* @__PURE__ */ defineFeedbackLog(
  'delivery_delay_log',
  () => ({
    delay_type: t.nullable(t.string({ doc: 'Such as MailboxFull, IPFailure, TransientCommunicationFailure' })),
    expiration_time: t.nullable(t.timestamp({ doc: 'When SES stops trying, UTC' })),
    reporting_mta: t.nullable(t.string({ doc: 'The server that reported it' })),
  }),
)

/** DeliveryDelay events and their table. */
export const deliveryDelay: SesType<SesDeliveryDelayEvent, typeof deliveryDelayLog> = /* @__PURE__ */ defineFeedback<
  SesDeliveryDelayEvent,
  DeliveryDelayColumns
>({
  eventType: 'DeliveryDelay',
  table: deliveryDelayLog,
  detail: 'deliveryDelay',
  recipients: 'delayedRecipients',
  fields: {
    delay_type: 'delayType',
    expiration_time: 'expirationTime',
    reporting_mta: 'reportingMTA',
  },
})
