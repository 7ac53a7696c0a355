import type { Column } from '../index.ts'
import * as t from '../table/t.ts'

/** A recipient as feedback events name them. */
export interface SesRecipient {
  readonly emailAddress: string
}

/** The columns of a table of events that name recipients of their own, not only those of the message. */
export type RecipientColumns = {
  readonly recipient: Column<string | null>
  readonly recipient_count: Column<number>
  readonly recipients: Column<t.JsonInput | null>
}

/** Those columns, in their order. */
export function recipientColumns(): RecipientColumns {
  return {
    recipient: t.nullable(t.string({ doc: 'The address that the row is about; null where it is about several' })),
    recipient_count: t.int({ doc: 'How many recipients the row is about' }),
    recipients: t.nullable(t.json({ doc: 'Those recipients with all that SES says of each: a JSON list' })),
  }
}

/** What a list of recipients gives to a row. */
export interface RecipientValues {
  readonly recipient: string | null
  readonly recipient_count: number
  readonly recipients: readonly (string | SesRecipient)[] | null
}

type Recipients = readonly (string | SesRecipient)[] | null | undefined

/** Reads the columns that come from a list of recipients. What is no list counts none, and is kept as the JSON it is. */
export function recipientValues(recipients: Recipients): RecipientValues {
  const list = Array.isArray(recipients) ? recipients : []
  return {
    recipient: list.length === 1 ? addressOf(list[0]) : null,
    recipient_count: list.length,
    recipients: recipients ?? null,
  }
}

function addressOf(recipient: unknown): string | null {
  if (typeof recipient !== 'object' || recipient === null) return typeof recipient === 'string' ? recipient : null
  return 'emailAddress' in recipient && typeof recipient.emailAddress === 'string' ? recipient.emailAddress : null
}

/** One event for each recipient of a list; the event itself where there is nothing to split. */
export function splitRecipients<Event, Recipient>(
  event: Event,
  recipients: readonly Recipient[] | null | undefined,
  withOnly: (recipients: readonly Recipient[]) => Event,
): readonly Event[] {
  if (!Array.isArray(recipients) || recipients.length < 2) return [event]
  return recipients.map((recipient) => withOnly([recipient]))
}
