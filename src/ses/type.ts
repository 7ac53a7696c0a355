import type { Columns, FirehoseRecord, RowOf, SelectTransform, Table } from '../index.ts'
import type { SesMail } from './mail.ts'

/** The table of an event type. It has no unique keys, because SES may publish an event twice, and no partitions. */
export type SesTable<C extends Columns> = Table<C, never, never>

/** The fields that every SES event has. */
export interface SesEventBase {
  readonly eventType: string
  readonly mail: SesMail
}

/** One event type of SES: its name, its table, and the transform that makes a row of an event. */
export interface SesType<Event extends SesEventBase, T extends Table> {
  readonly eventType: Event['eventType']
  readonly table: T
  readonly transform:
    | SelectTransform<Event, T, 'insert'>
    | ((event: Event, record: FirehoseRecord) => RowOf<T> | Promise<RowOf<T>>)
  /** From a function that makes one row, makes a function that makes a row for each recipient of an event. */
  readonly split?: (toRow: RowMaker) => RowMaker
  /** The event, for the compiler only: no value has this key. */
  readonly '~event'?: Event
}

/** Makes the row of an event, or its rows. */
export type RowMaker = (event: never, record: FirehoseRecord, context: undefined) => unknown

/** Any event type. */
export interface AnySesType {
  readonly eventType: string
  readonly table: Table
  readonly transform: RowMaker
  readonly split?: (toRow: RowMaker) => RowMaker
}

/** Whether a value is an event type. */
export function isSesType(value: unknown): value is AnySesType {
  return typeof value === 'object' && value !== null && 'eventType' in value && 'table' in value
}

/** Where the event types are, for error messages. */
export const EXPORTED_BY = 'firehose-iceberg-router/ses exports'

/** The problem of a value that is not an event type, such as the name of one. */
export function typeProblem(value: unknown): string {
  const got = typeof value === 'string' ? JSON.stringify(value) : typeof value
  return `expected one of ${IMPORTS}, which ${EXPORTED_BY}, got ${got}`
}

/** The names of the exports as one string: a list of the event types themselves would pull all of them into a bundle. */
const IMPORTS = 'send, open, click, delivery, bounce, complaint, deliveryDelay, reject, renderingFailure, subscription'
