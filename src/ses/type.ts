import type { Columns, RowOf, Table } from '../index.ts'
import type { SesMail } from './message.ts'

/** The table of an event type: without unique keys, because SES may publish an event twice; not partitioned. */
export type SesTable<C extends Columns> = Table<C, never, never>

/** What every event of SES has. */
export interface SesEventBase {
  readonly eventType: string
  readonly mail: SesMail
}

/** One event type of SES: its name, its table, and how a row is made of an event. */
export interface SesType<Event extends SesEventBase, T extends Table> {
  readonly eventType: Event['eventType']
  readonly table: T
  /** Makes the row of an event, whatever is missing in it. */
  readonly toRow: (event: Event) => RowOf<T>
  /** One event for each recipient that the event names; there where an event names them one by one. */
  readonly split?: (event: Event) => readonly Event[]
}
