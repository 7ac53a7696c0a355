import type { Column, RowOf } from '../index.ts'
import * as t from '../table/t.ts'
import { defineLog } from './log.ts'
import { type MailColumns, mailValues } from './mail.ts'
import type { SesMail } from './message.ts'
import { type RecipientColumns, recipientColumns, recipientValues, splitRecipients } from './recipients.ts'
import { splitRows } from './split.ts'
import type { SesTable, SesType } from './type.ts'

/** How a message was handed over. */
export interface SesDelivery {
  /** When the recipient's server took the message: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  /** From the moment SES accepted the message. */
  readonly processingTimeMillis?: number | bigint | null | undefined
  readonly recipients?: readonly string[] | null | undefined
  readonly smtpResponse?: string | null | undefined
  readonly reportingMTA?: string | null | undefined
  /** Seen in real events, in no list of AWS's. */
  readonly remoteMtaIp?: string | null | undefined
}

/** The recipient's server took a message. */
export interface SesDeliveryEvent {
  readonly eventType: 'Delivery'
  readonly mail: SesMail
  readonly delivery: SesDelivery
}

type DeliveryColumns = MailColumns &
  RecipientColumns & {
    readonly processing_time_ms: Column<number | bigint | null>
    readonly smtp_response: Column<string | null>
    readonly reporting_mta: Column<string | null>
    readonly remote_mta_ip: Column<string | null>
  }

/** One row for each message that a server took. */
export const deliveryLog: SesTable<DeliveryColumns> = /* @__PURE__ */ defineLog('delivery_log', () => ({
  ...recipientColumns(),
  processing_time_ms: t.nullable(t.long({ doc: 'Milliseconds from Send to Delivery' })),
  smtp_response: t.nullable(t.string({ doc: 'What the server said' })),
  reporting_mta: t.nullable(t.string({ doc: 'The server of SES that sent the message' })),
  remote_mta_ip: t.nullable(t.string({ doc: 'The address of the server that took it' })),
}))

/** Makes the row of a Delivery event. */
export function toDeliveryRow(event: SesDeliveryEvent): RowOf<typeof deliveryLog> {
  const { delivery: handed } = event
  return {
    event_type: 'Delivery',
    ...mailValues(event, handed?.timestamp),
    ...recipientValues(handed?.recipients),
    processing_time_ms: handed?.processingTimeMillis ?? null,
    smtp_response: handed?.smtpResponse ?? null,
    reporting_mta: handed?.reportingMTA ?? null,
    remote_mta_ip: handed?.remoteMtaIp ?? null,
  }
}

/** Delivery events and their table. */
export const delivery: SesType<SesDeliveryEvent, typeof deliveryLog> = {
  eventType: 'Delivery',
  table: deliveryLog,
  transform: toDeliveryRow,
  split: (toRow) =>
    splitRows(toRow, (event: SesDeliveryEvent) =>
      splitRecipients(event, event.delivery?.recipients, (recipients) => {
        return { ...event, delivery: { ...event.delivery, recipients } }
      }),
    ),
}
