import { select } from '../index.ts'
import { defineLog } from './define-log.ts'
import type { SesMail } from './mail.ts'
import { type MailColumns, selectMail } from './mail-columns.ts'
import type { SesTable, SesType } from './type.ts'

/** SES accepted a message and will try to deliver it. */
export interface SesSendEvent {
  readonly eventType: 'Send'
  readonly mail: SesMail
  /** Always empty. */
  readonly send?: object | null | undefined
}

/** One row for each message that SES accepted. */
export const sendLog: SesTable<MailColumns> = /* @__PURE__ */ defineLog('send_log', () => ({}))

const selection = /* @__PURE__ */ selectMail('Send', {
  timestamp: 'mail.timestamp',
})

/** Send events and their table. */
export const send: SesType<SesSendEvent, typeof sendLog> = {
  eventType: 'Send',
  table: sendLog,
  transform: /* @__PURE__ */ select(selection),
}
