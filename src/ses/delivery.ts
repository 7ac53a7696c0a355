import type { Column } from '../index.ts'
import * as t from '../table/t.ts'
import { defineFeedback, defineFeedbackLog, type FeedbackColumns } from './feedback.ts'
import type { SesMail } from './mail.ts'
import type { SesTable, SesType } from './type.ts'

/** How a message was delivered. */
export interface SesDelivery {
  /** When the recipient's server accepted the message: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  /** Since SES accepted the message. */
  readonly processingTimeMillis?: number | bigint | null | undefined
  readonly recipients?: readonly string[] | null | undefined
  readonly smtpResponse?: string | null | undefined
  readonly reportingMTA?: string | null | undefined
  /** In real events, but not in AWS's documentation. */
  readonly remoteMtaIp?: string | null | undefined
}

/** The recipient's server accepted a message. */
export interface SesDeliveryEvent {
  readonly eventType: 'Delivery'
  readonly mail: SesMail
  readonly delivery: SesDelivery
}

type DeliveryColumns = {
  readonly processing_time_ms: Column<number | bigint | null>
  readonly smtp_response: Column<string | null>
  readonly reporting_mta: Column<string | null>
  readonly remote_mta_ip: Column<string | null>
}

/** One row for each delivery to a server. */
export const deliveryLog: SesTable<FeedbackColumns<DeliveryColumns>> = /* @__PURE__ */ defineFeedbackLog(
  'delivery_log',
  () => ({
    processing_time_ms: t.nullable(t.long({ doc: 'Milliseconds from Send to Delivery' })),
    smtp_response: t.nullable(t.string({ doc: 'The answer of the server' })),
    reporting_mta: t.nullable(t.string({ doc: 'The server of SES that sent the message' })),
    remote_mta_ip: t.nullable(t.string({ doc: 'The address of the server that accepted it' })),
  }),
)

/** Delivery events and their table. */
export const delivery: SesType<SesDeliveryEvent, typeof deliveryLog> = /* @__PURE__ */ defineFeedback<
  SesDeliveryEvent,
  DeliveryColumns
>({
  eventType: 'Delivery',
  table: deliveryLog,
  detail: 'delivery',
  recipients: 'recipients',
  fields: {
    processing_time_ms: 'processingTimeMillis',
    smtp_response: 'smtpResponse',
    reporting_mta: 'reportingMTA',
    remote_mta_ip: 'remoteMtaIp',
  },
})
