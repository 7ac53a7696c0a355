import { select } from '../index.ts'
import { defineLog } from './define-log.ts'
import { type InteractionColumns, interactionColumns, type SesInteraction } from './interaction.ts'
import type { SesMail } from './mail.ts'
import { type MailColumns, selectMail } from './mail-columns.ts'
import type { SesTable, SesType } from './type.ts'

/** A recipient opened a message. */
export interface SesOpenEvent {
  readonly eventType: 'Open'
  readonly mail: SesMail
  readonly open: SesInteraction
}

/** One row for each time a message was opened. */
export const openLog: SesTable<MailColumns & InteractionColumns> = /* @__PURE__ */ defineLog(
  'open_log',
  interactionColumns,
)

const selection = /* @__PURE__ */ selectMail('Open', {
  timestamp: 'open.timestamp',
  ip_address: 'open.ipAddress',
  user_agent: 'open.userAgent',
})

/** Open events and their table. */
export const open: SesType<SesOpenEvent, typeof openLog> = {
  eventType: 'Open',
  table: openLog,
  transform: /* @__PURE__ */ select(selection),
}
