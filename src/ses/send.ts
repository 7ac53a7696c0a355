import { defineTable, type RowOf, type Table } from '../index.ts'
import type { SesSendEvent } from './events.ts'
import { type MailColumns, mailColumns, mailValues } from './mail.ts'

/** One row for each message that SES accepted. */
export const sendLog: Table<MailColumns, never> = defineTable({ name: 'send_log', columns: mailColumns })

/** Makes the row of a Send event; its time is the message's. */
export function toSendRow({ eventType, mail }: SesSendEvent): RowOf<typeof sendLog> {
  return { event_type: eventType, ...mailValues(mail), timestamp: mail?.timestamp }
}
