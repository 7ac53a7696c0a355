import { defineTable, type RowOf } from '../index.ts'
import { type InteractionColumns, interactionColumns, interactionValues, type SesInteraction } from './interaction.ts'
import { mailValues } from './mail.ts'
import type { SesMail } from './message.ts'
import type { SesTable, SesType } from './type.ts'

/** A recipient opened a message. */
export interface SesOpenEvent {
  readonly eventType: 'Open'
  readonly mail: SesMail
  readonly open: SesInteraction
}

/** One row for each time a message was opened. */
export const openLog: SesTable<InteractionColumns> = defineTable({ name: 'open_log', columns: interactionColumns })

/** Makes the row of an Open event. */
export function toOpenRow({ mail, open }: SesOpenEvent): RowOf<typeof openLog> {
  return { event_type: 'Open', ...mailValues(mail), ...interactionValues(open) }
}

/** Open events and their table. */
export const open: SesType<SesOpenEvent, typeof openLog> = { eventType: 'Open', table: openLog, toRow: toOpenRow }
