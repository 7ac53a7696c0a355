// The mapping as a person writes it, for the contenders that call functions.
import type { Json } from '../json.ts'

/** Reads the addresses from the headers, or from what SES read of them, or from the envelope: in one pass, as `tuned.ts`. */
function setAddresses(row: MailRow, mail: Json): void {
  let from: string | null = null
  let to: string | null = null
  const headers = mail.headers ?? []
  for (let index = headers.length - 1; index >= 0 && (from === null || to === null); index--) {
    const { name } = headers[index]
    if (name.length === 4 && from === null && name.toLowerCase() === 'from') from = headers[index].value
    else if (name.length === 2 && to === null && name.toLowerCase() === 'to') to = headers[index].value
  }
  row.from_address = from ?? mail.commonHeaders?.from?.join(', ') ?? mail.source ?? null
  row.to_address = to ?? mail.commonHeaders?.to?.join(', ') ?? mail.destination?.join(', ') ?? null
}

/** The columns that every table begins with; time and tags as the event has them. */
function base(eventType: string, mail: Json, time: string): MailRow {
  const row: MailRow = {
    event_type: eventType,
    message_id: mail.messageId,
    from_address: null,
    to_address: null,
    timestamp: time,
    tags: mail.tags ?? null,
  }
  setAddresses(row, mail)
  return row
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
