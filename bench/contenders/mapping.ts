// The mapping as a person writes it, for the contenders that call functions.
import type { Json } from '../json.ts'

/** Reads an address from the headers, or from what SES read of them, or from the envelope. */
function address(mail: Json, name: string, common: readonly string[] | undefined, envelope: Json): string | null {
  const headers = mail.headers ?? []
  for (let index = headers.length - 1; index >= 0; index--) {
    const header = headers[index]
    if (header.name.length === name.length && header.name.toLowerCase() === name) return header.value
  }
  return common?.join(', ') ?? (Array.isArray(envelope) ? envelope.join(', ') : (envelope ?? null))
}

/** The columns that every table begins with; time and tags as the event has them. */
function base(eventType: string, mail: Json, time: string): MailRow {
  return {
    event_type: eventType,
    message_id: mail.messageId,
    from_address: address(mail, 'from', mail.commonHeaders?.from, mail.source),
    to_address: address(mail, 'to', mail.commonHeaders?.to, mail.destination),
    timestamp: time,
    tags: mail.tags ?? null,
  }
}

/** A row of `send_log`. */
export interface MailRow {
  event_type: string
  message_id: string
  from_address: string | null
  to_address: string | null
  timestamp: string
  tags: object | null
}

/** A row of `open_log`. */
export interface OpenRow extends MailRow {
  ip_address: string | null
  user_agent: string | null
}

/** A row of `click_log`. */
export interface ClickRow extends OpenRow {
  link: string | null
  link_tags: object | null
}

/** Makes the row of a message that was sent. */
export function pickSend({ eventType, mail }: Json): MailRow {
  return base(eventType, mail, mail.timestamp)
}

/** Makes the row of a message that was opened. */
export function pickOpen({ eventType, mail, open: hit }: Json): OpenRow {
  const row = base(eventType, mail, hit.timestamp) as OpenRow
  row.ip_address = hit.ipAddress ?? null
  row.user_agent = hit.userAgent ?? null
  return row
}

/** Makes the row of a link that was clicked. */
export function pickClick({ eventType, mail, click: hit }: Json): ClickRow {
  const row = base(eventType, mail, hit.timestamp) as ClickRow
  row.ip_address = hit.ipAddress ?? null
  row.user_agent = hit.userAgent ?? null
  row.link = hit.link ?? null
  row.link_tags = hit.linkTags ?? null
  return row
}
