import type { Columns, RowOf, Selection, Table } from '../index.ts'
import type { SesMail } from './message.ts'

/** The table of an event type: without unique keys, because SES may publish an event twice; not partitioned. */
export type SesTable<C extends Columns> = Table<C, never, never>

/** What every event of SES has. */
export interface SesEventBase {
  readonly eventType: string
  readonly mail: SesMail
}

/** One event type of SES: its name, its table, and how a row is made of an event, whatever is missing in it. */
export type SesType<Event extends SesEventBase, T extends Table> = SelectedType<Event, T> | ComputedType<Event, T>

interface TypeBase<Event extends SesEventBase, T extends Table> {
  readonly eventType: Event['eventType']
  readonly table: T
  /** Only in the types: the event. */
  readonly '~event'?: Event
}

/** A type whose rows only pick and rename. */
export interface SelectedType<Event extends SesEventBase, T extends Table> extends TypeBase<Event, T> {
  readonly select: Selection
}

/** A type whose rows are computed. */
export interface ComputedType<Event extends SesEventBase, T extends Table> extends TypeBase<Event, T> {
  readonly toRow: (event: Event) => RowOf<T>
  /** One event for each recipient that the event names one by one. */
  readonly split: (event: Event) => readonly Event[]
}
