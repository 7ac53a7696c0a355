import type { Column } from '../index.ts'
import * as t from '../table/t.ts'

/** A recipient in a Bounce, Complaint or DeliveryDelay event; Delivery events list addresses. */
export interface SesRecipient {
  readonly emailAddress: string
}

/** The columns of a table whose events list the recipients that they are about. */
export type RecipientColumns = {
  readonly recipient: Column<string | null>
  readonly recipient_count: Column<number>
  readonly recipients: Column<t.JsonInput | null>
}

/** Those columns, in their order. */
export function recipientColumns(): RecipientColumns {
  return {
    recipient: t.nullable(
      t.string({ doc: 'The address, if the row is about one recipient; null if it is about several' }),
    ),
    recipient_count: t.int({ doc: 'How many recipients the row is about' }),
    recipients: t.nullable(t.json({ doc: 'Those recipients with all that SES says of each: a JSON list' })),
  }
}

/** The values of those columns. */
export interface RecipientValues {
  readonly recipient: string | null
  readonly recipient_count: number
  readonly recipients: unknown
}

/** Reads a list of recipients. A value that is not a list counts as no recipients, and is kept as JSON. */
export function recipientValues(recipients: unknown): RecipientValues {
  const list: readonly unknown[] = Array.isArray(recipients) ? recipients : []
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

/** One event for each recipient of a list; the event itself if there are fewer than two. */
export function splitRecipients<Event>(
  event: Event,
  recipients: unknown,
  withOnly: (recipients: readonly unknown[]) => Event,
): readonly Event[] {
  if (!Array.isArray(recipients) || recipients.length < 2) return [event]
  return recipients.map((recipient) => withOnly([recipient]))
}
