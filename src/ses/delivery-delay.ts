import type { Column, RowOf } from '../index.ts'
import * as t from '../table/t.ts'
import { defineLog } from './log.ts'
import { type MailColumns, mailValues } from './mail.ts'
import type { SesMail } from './message.ts'
import {
  type RecipientColumns,
  recipientColumns,
  recipientValues,
  type SesRecipient,
  splitRecipients,
} from './recipients.ts'
import { splitRows } from './split.ts'
import type { SesTable, SesType } from './type.ts'

/** A recipient that a message has not reached yet. */
export interface SesDelayedRecipient extends SesRecipient {
  /** The status of RFC 3464, such as `4.4.1`. */
  readonly status?: string | null | undefined
  readonly diagnosticCode?: string | null | undefined
}

/** Why a message is late, and until when SES tries. */
export interface SesDeliveryDelay {
  /** When the delay was noticed: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  /** Such as `MailboxFull`, `SpamDetected`, `IPFailure`, `TransientCommunicationFailure`. */
  readonly delayType?: string | null | undefined
  readonly delayedRecipients?: readonly SesDelayedRecipient[] | null | undefined
  /** ISO 8601. */
  readonly expirationTime?: string | null | undefined
  readonly reportingMTA?: string | null | undefined
}

/** The recipient's server has not taken a message yet. */
export interface SesDeliveryDelayEvent {
  readonly eventType: 'DeliveryDelay'
  readonly mail: SesMail
  readonly deliveryDelay: SesDeliveryDelay
}

type DeliveryDelayColumns = MailColumns &
  RecipientColumns & {
    readonly delay_type: Column<string | null>
    readonly expiration_time: Column<t.TimestampInput | null>
    readonly reporting_mta: Column<string | null>
  }

/** One row for each delay. */
export const deliveryDelayLog: SesTable<DeliveryDelayColumns> = /* @__PURE__ */ defineLog('delivery_delay_log', () => ({
  ...recipientColumns(),
  delay_type: t.nullable(t.string({ doc: 'Such as MailboxFull, IPFailure, TransientCommunicationFailure' })),
  expiration_time: t.nullable(t.timestamp({ doc: 'When SES stops trying, UTC' })),
  reporting_mta: t.nullable(t.string({ doc: 'The server that reported it' })),
}))

/** Makes the row of a DeliveryDelay event. */
export function toDeliveryDelayRow(event: SesDeliveryDelayEvent): RowOf<typeof deliveryDelayLog> {
  const { deliveryDelay: delay } = event
  return {
    event_type: 'DeliveryDelay',
    ...mailValues(event, delay?.timestamp),
    ...recipientValues(delay?.delayedRecipients),
    delay_type: delay?.delayType ?? null,
    expiration_time: delay?.expirationTime ?? null,
    reporting_mta: delay?.reportingMTA ?? null,
  }
}

/** DeliveryDelay events and their table. */
export const deliveryDelay: SesType<SesDeliveryDelayEvent, typeof deliveryDelayLog> = {
  eventType: 'DeliveryDelay',
  table: deliveryDelayLog,
  transform: toDeliveryDelayRow,
  split: (toRow) =>
    splitRows(toRow, (event: SesDeliveryDelayEvent) =>
      splitRecipients(event, event.deliveryDelay?.delayedRecipients, (delayedRecipients) => {
        return { ...event, deliveryDelay: { ...event.deliveryDelay, delayedRecipients } }
      }),
    ),
}
