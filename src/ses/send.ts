import { type RowOf, select } from '../index.ts'
import { defineLog } from './log.ts'
import { type MailColumns, mailValues, selectMail } from './mail.ts'
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
export const sendLog: SesTable<MailColumns> = /* @__PURE__ */ defineLog('send_log', () => ({}))

/** Makes the row of a Send event; its time is the message's. */
export function toSendRow(event: SesSendEvent): RowOf<typeof sendLog> {
  const { mail } = event
  return { event_type: 'Send', ...mailValues(event, mail?.timestamp) }
}

const selection = /* @__PURE__ */ selectMail('Send', {
  timestamp: 'mail.timestamp',
})

/** Send events and their table. */
export const send: SesType<SesSendEvent, typeof sendLog> = {
  eventType: 'Send',
  table: sendLog,
  transform: /* @__PURE__ */ select(selection),
}
