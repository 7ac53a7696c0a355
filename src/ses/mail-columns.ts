import type { Column } from '../index.ts'
import * as s from '../select/s.ts'
import * as t from '../table/t.ts'

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
 * The sources of those columns, except the type and the time. An event may have any shape. A part that is missing, or is not
 * an object, reads as an object without fields; the table then refuses the row and names the column (`MissingColumn` at
 * `message_id`). A field of a wrong type goes to its column, which refuses it (`WrongType`); a JSON column accepts any value.
 * Sender and recipients are in several places of an event; the most precise place comes first.
 */
export const mailSelection: MailSelection = {
  message_id: 'mail.messageId',
  from_address: s.firstOf(lastHeader('From'), s.joined('mail.commonHeaders.from'), 'mail.source'),
  to_address: s.firstOf(lastHeader('To'), s.joined('mail.commonHeaders.to'), s.joined('mail.destination')),
  tags: 'mail.tags',
}

/** The selection of a type: the columns of the message and its own, which include the time. */
export function selectMail<const Type extends string, const Own>(
  eventType: Type,
  own: Own,
): MailSelection & { readonly event_type: s.ConstantSource<Type> } & Own {
  return { event_type: s.constant(eventType), ...mailSelection, ...own }
}

/** The types of those sources: the compiler checks a selection against its event and its table. */
export type MailSelection = {
  readonly message_id: 'mail.messageId'
  readonly from_address: s.FirstSource<readonly [HeaderSource, s.JoinSource<'mail.commonHeaders.from'>, 'mail.source']>
  readonly to_address: s.FirstSource<
    readonly [HeaderSource, s.JoinSource<'mail.commonHeaders.to'>, s.JoinSource<'mail.destination'>]
  >
  readonly tags: 'mail.tags'
}

type HeaderSource = s.ElementSource<'mail.headers', 'value'>

/** The value of the last header with this name, in upper or lower case. */
function lastHeader(equals: string): HeaderSource {
  return s.element('mail.headers', { key: 'name', equals, ignoreCase: true, last: true, take: 'value' })
}
