import { type CheckedSelection, constant, defineTable, type RowOf } from '../index.ts'
import { type MailColumns, mailColumns, mailSelection, mailValues } from './mail.ts'
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
export function toSendRow(event: SesSendEvent): RowOf<typeof sendLog> {
  const { mail } = event
  return { event_type: 'Send', ...mailValues(event), timestamp: mail?.timestamp }
}

const selection = {
  event_type: constant('Send'),
  ...mailSelection,
  timestamp: 'mail.timestamp',
} as const

/** Send events and their table. */
export const send: SesType<SesSendEvent, typeof sendLog> = {
  eventType: 'Send',
  table: sendLog,
  select: selection satisfies CheckedSelection<SesSendEvent, typeof sendLog, typeof selection>,
}
