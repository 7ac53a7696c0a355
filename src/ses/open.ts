import { type RowOf, select } from '../index.ts'
import { type InteractionColumns, interactionColumns, interactionValues, type SesInteraction } from './interaction.ts'
import { defineLog } from './log.ts'
import { type MailColumns, mailValues, selectMail } from './mail.ts'
import type { SesMail } from './message.ts'
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

/** Makes the row of an Open event. */
export function toOpenRow(event: SesOpenEvent): RowOf<typeof openLog> {
  const { open } = event
  return { event_type: 'Open', ...mailValues(event, open?.timestamp), ...interactionValues(open) }
}

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
