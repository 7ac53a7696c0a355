import { type Column, type JsonInput, json, nullable, string, timestamp } from '../index.ts'
import { fromAddress, toAddress } from './addresses.ts'
import type { SesMail, SesTags } from './message.ts'

/** The columns that every SES table begins with. */
export type MailColumns = {
  readonly event_type: Column<string>
  readonly message_id: Column<string>
  readonly from_address: Column<string | null>
  readonly to_address: Column<string | null>
  readonly timestamp: ReturnType<typeof timestamp>
  readonly tags: Column<JsonInput | null>
}

/** Those columns, in their order. */
export const mailColumns: MailColumns = {
  event_type: string({ doc: 'The kind of event, as SES names it' }),
  message_id: string({ doc: 'The id that SES gave to the message' }),
  from_address: nullable(string({ doc: 'The From header, or what SES read of it' })),
  to_address: nullable(string({ doc: 'The To header, or what SES read of it' })),
  timestamp: timestamp({ doc: 'When the event happened, UTC' }),
  tags: nullable(json({ doc: 'Tags of the message: a JSON object of lists' })),
}

/** What a message gives to a row. */
export interface MailValues {
  readonly message_id: string
  readonly from_address: string | null
  readonly to_address: string | null
  readonly tags: SesTags | null
}

/**
 * Reads the columns that come from the message. The event is only what its producer says it is, hence the question marks:
 * a part that is missing, or not an object, reads as a part without fields, and the table then refuses the row by the name
 * of the column (`MissingColumn` at `message_id`). A field of a wrong type is handed on for the column to refuse
 * (`WrongType`); a JSON column takes what is there.
 */
export function mailValues(mail: SesMail | null | undefined): MailValues {
  return {
    message_id: mail?.messageId as string,
    from_address: fromAddress(mail),
    to_address: toAddress(mail),
    tags: mail?.tags ?? null,
  }
}
