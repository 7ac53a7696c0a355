import { type CheckedSelection, constant, defineTable, type RowOf } from '../index.ts'
import {
  type InteractionColumns,
  interactionColumns,
  interactionSelection,
  interactionValues,
  type SesInteraction,
} from './interaction.ts'
import { mailSelection, mailValues } from './mail.ts'
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
export function toOpenRow(event: SesOpenEvent): RowOf<typeof openLog> {
  const { open } = event
  return { event_type: 'Open', ...mailValues(event), ...interactionValues(open) }
}

const selection = {
  event_type: constant('Open'),
  ...mailSelection,
  ...interactionSelection('open'),
} as const

/** Open events and their table. */
export const open: SesType<SesOpenEvent, typeof openLog> = {
  eventType: 'Open',
  table: openLog,
  select: selection satisfies CheckedSelection<SesOpenEvent, typeof openLog, typeof selection>,
}
