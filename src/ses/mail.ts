import { type Column, select } from '../index.ts'
import * as s from '../select/s.ts'
import * as t from '../table/t.ts'
import type { SesMail, SesTags } from './message.ts'

/** The columns that every SES table begins with. */
export type MailColumns = {
  readonly event_type: Column<string>
  readonly message_id: Column<string>
  readonly from_address: Column<string | null>
  readonly to_address: Column<string | null>
  readonly timestamp: ReturnType<typeof t.timestamp>
  readonly tags: Column<t.JsonInput | null>
}

/** Those columns, in their order. */
export const mailColumns: MailColumns = {
  event_type: t.string({ doc: 'The kind of event, as SES names it' }),
  message_id: t.string({ doc: 'The id that SES gave to the message' }),
  from_address: t.nullable(t.string({ doc: 'The From header, or what SES read of it' })),
  to_address: t.nullable(t.string({ doc: 'The To header, or what SES read of it' })),
  timestamp: t.timestamp({ doc: 'When the event happened, UTC' }),
  tags: t.nullable(t.json({ doc: 'Tags of the message: a JSON object of lists' })),
}

/**
 * Where those columns come from, but the type and the time. The event is only what its producer says it is: a part that is
 * missing, or not an object, reads as a part without fields, and the table then refuses the row by the name of the column
 * (`MissingColumn` at `message_id`). A field of a wrong type is handed on for the column to refuse (`WrongType`); a JSON
 * column takes what is there. Senders and recipients are written in several places, the best one first.
 */
export const mailSelection: MailSelection = {
  message_id: 'mail.messageId',
  from_address: s.firstOf(lastHeader('From'), s.joined('mail.commonHeaders.from'), 'mail.source'),
  to_address: s.firstOf(lastHeader('To'), s.joined('mail.commonHeaders.to'), s.joined('mail.destination')),
  tags: 'mail.tags',
}

/** A selection of a type's columns: those of the message, and its own, the time among them. */
export function selectMail<const Type extends string, const Own>(
  eventType: Type,
  own: Own,
): MailSelection & { readonly event_type: s.ConstantSource<Type> } & Own {
  return { event_type: s.constant(eventType), ...mailSelection, ...own }
}

/** The types of those sources, so that a selection is checked against its event and its table. */
export type MailSelection = {
  readonly message_id: 'mail.messageId'
  readonly from_address: s.FirstSource<readonly [HeaderSource, s.JoinSource<'mail.commonHeaders.from'>, 'mail.source']>
  readonly to_address: s.FirstSource<
    readonly [HeaderSource, s.JoinSource<'mail.commonHeaders.to'>, s.JoinSource<'mail.destination'>]
  >
  readonly tags: 'mail.tags'
}

type HeaderSource = s.ElementSource<'mail.headers', 'value'>

/** The value of the last header of a name, which comes in any case. */
function lastHeader(equals: string): HeaderSource {
  return s.element('mail.headers', { key: 'name', equals, ignoreCase: true, last: true, take: 'value' })
}

/** What a message gives to a row, and when the event happened, in the order of the columns: such a row is printed faster. */
export interface MailValues {
  readonly message_id: string
  readonly from_address: string | null
  readonly to_address: string | null
  readonly timestamp: string
  readonly tags: SesTags | null
}

const readMail = /* @__PURE__ */ select(mailSelection)

/** Makes the columns that every table begins with but the type, for rows that need more than a selection. */
export function mailValues(event: { readonly mail: SesMail }, timestamp: string | undefined): MailValues {
  // What is there may be of any type: the columns check it.
  const {
    message_id,
    from_address = null,
    to_address = null,
    tags = null,
  } = readMail(event, undefined as never, undefined) as Partial<MailValues>
  return { message_id: message_id as string, from_address, to_address, timestamp: timestamp as string, tags }
}
