import type { Columns, FirehoseRecord, RowOf, SelectTransform, Table } from '../index.ts'
import type { SesMail } from './message.ts'

/** The table of an event type: without unique keys, because SES may publish an event twice; not partitioned. */
export type SesTable<C extends Columns> = Table<C, never, never>

/** What every event of SES has. */
export interface SesEventBase {
  readonly eventType: string
  readonly mail: SesMail
}

/** One event type of SES: its name, its table, and the transform that makes a row of an event, whatever is missing in it. */
export interface SesType<Event extends SesEventBase, T extends Table> {
  readonly eventType: Event['eventType']
  readonly table: T
  readonly transform:
    | SelectTransform<Event, T, 'insert'>
    | ((event: Event, record: FirehoseRecord) => RowOf<T> | Promise<RowOf<T>>)
  /** Makes rows of an event, one for each recipient that it names one by one, by what makes a row. */
  readonly split?: (toRow: RowMaker) => RowMaker
  /** Only in the types: the event. */
  readonly '~event'?: Event
}

/** Makes the row of an event, or its rows. */
export type RowMaker = (event: never, record: FirehoseRecord, context: undefined) => unknown

/** An event type where it does not matter which. */
export interface AnySesType {
  readonly eventType: string
  readonly table: Table
  readonly transform: RowMaker
  readonly split?: (toRow: RowMaker) => RowMaker
}

/** Tells an event type from anything else. */
export function isSesType(value: unknown): value is AnySesType {
  return typeof value === 'object' && value !== null && 'eventType' in value && 'table' in value
}
