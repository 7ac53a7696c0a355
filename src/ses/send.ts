import { defineTable, type RowOf } from '../index.ts'
import { type MailColumns, mailColumns, mailValues } from './mail.ts'
import type { SesMail } from './message.ts'
import type { SesTable, SesType } from './type.ts'

/** SES took a message and will try to deliver it. */
export interface SesSendEvent {
  readonly eventType: 'Send'
  readonly mail: SesMail
  /** Always empty. */
  readonly send?: object | null | undefined
}

/** One row for each message that SES accepted. */
export const sendLog: SesTable<MailColumns> = defineTable({ name: 'send_log', columns: mailColumns })

/** Makes the row of a Send event; its time is the message's. */
export function toSendRow({ mail }: SesSendEvent): RowOf<typeof sendLog> {
  return { event_type: 'Send', ...mailValues(mail), timestamp: mail?.timestamp }
}

/** Send events and their table. */
export const send: SesType<SesSendEvent, typeof sendLog> = { eventType: 'Send', table: sendLog, toRow: toSendRow }
