import { defineTable, type RowOf, type Table } from '../index.ts'
import type { SesOpenEvent } from './events.ts'
import { type InteractionColumns, interactionColumns, interactionValues } from './interaction.ts'
import { mailValues } from './mail.ts'

/** One row for each time a message was opened. */
export const openLog: Table<InteractionColumns, never> = defineTable({ name: 'open_log', columns: interactionColumns })

/** Makes the row of an Open event. */
export function toOpenRow({ eventType, mail, open }: SesOpenEvent): RowOf<typeof openLog> {
  return { event_type: eventType, ...mailValues(mail), ...interactionValues(open) }
}
