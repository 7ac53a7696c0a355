import { type Columns, type RowOf, select, type ValueOf } from '../index.ts'
import { defineLog } from './define-log.ts'
import type { SesMail } from './mail.ts'
import { type MailColumns, mailSelection } from './mail-columns.ts'
import { type RecipientColumns, recipientColumns, recipientValues, splitRecipients } from './recipients.ts'
import { splitRows } from './split.ts'
import type { SesEventBase, SesTable, SesType } from './type.ts'

/** The columns of a type whose events list recipients: the message, the recipients, then its own. */
export type FeedbackColumns<Own extends Columns> = MailColumns & RecipientColumns & Own

/** Declares the table of a type whose events list recipients. */
export function defineFeedbackLog<Own extends Columns>(
  name: string,
  own: () => Own,
): SesTable<MailColumns & RecipientColumns & Own> {
  return defineLog(name, () => ({ ...recipientColumns(), ...own() }))
}

/** The key of an event's details: `bounce` for a Bounce event. */
type DetailKey<Event extends SesEventBase> = Exclude<keyof Event, keyof SesEventBase> & string

/** The keys of the details that hold values of a type. */
type KeysOf<Detail, Value> = {
  readonly [Key in keyof Detail]-?: Detail[Key] extends Value | undefined ? Key : never
}[keyof Detail]

/** How such a type is mapped: where its details and its recipients are, and the field behind each of its own columns. */
export interface FeedbackMapping<Event extends SesEventBase, Own extends Columns> {
  readonly eventType: Event['eventType']
  readonly table: SesTable<FeedbackColumns<Own>>
  readonly detail: DetailKey<Event>
  readonly recipients: KeysOf<Event[DetailKey<Event>], readonly unknown[] | null> & string
  /** In the order of the columns: such a row is printed faster. */
  readonly fields: { readonly [Name in keyof Own]: KeysOf<Event[DetailKey<Event>], ValueOf<Own[Name]>> & string }
}

/** Makes a type of events that list recipients, from its table and the names of its fields. */
export function defineFeedback<Event extends SesEventBase, Own extends Columns>(
  mapping: FeedbackMapping<Event, Own>,
): SesType<Event, SesTable<FeedbackColumns<Own>>> {
  const { eventType, table, detail, recipients } = mapping
  const fields = Object.entries<string>(mapping.fields)
  return {
    eventType,
    table,
    transform: (event: Event) => {
      const details = detailsOf(event, detail)
      const row: Record<string, unknown> = {
        event_type: eventType,
        ...mailValues(event, details?.['timestamp']),
        ...recipientValues(details?.[recipients]),
      }
      for (const [column, field] of fields) row[column] = details?.[field] ?? null
      // The columns check what the event held.
      return row as RowOf<SesTable<FeedbackColumns<Own>>>
    },
    split: (toRow) =>
      splitRows(toRow, (event: Event) => {
        const details = detailsOf(event, detail)
        return splitRecipients(event, details?.[recipients], (one) => {
          return { ...event, [detail]: { ...details, [recipients]: one } }
        })
      }),
  }
}

type Details = { readonly [field: string]: unknown } | null | undefined

function detailsOf(event: SesEventBase, detail: string): Details {
  return (event as unknown as { readonly [key: string]: Details })[detail]
}

const readMail = /* @__PURE__ */ select(mailSelection)

/** Reads the message's columns except the type, in the order of the table. */
function mailValues(event: { readonly mail: SesMail }, timestamp: unknown): object {
  const row: { readonly [column: string]: unknown } = readMail(event, undefined as never, undefined)
  const { message_id, from_address = null, to_address = null, tags = null } = row
  return { message_id, from_address, to_address, timestamp, tags }
}
