import { hex, pick, type Random } from './random.ts'

const CAMPAIGNS = [
  {
    name: 'january-books',
    from: 'Harbour Books <news@example.com>',
    subject: 'Ten books for January',
    set: 'newsletter',
  },
  {
    name: 'spring-list',
    from: 'Harbour Books <news@example.com>',
    subject: 'A first look at spring',
    set: 'newsletter',
  },
  {
    name: 'order-shipped',
    from: 'Orders <orders@example.com>',
    subject: 'Your order is on its way',
    set: 'transactional',
  },
  { name: 'password-reset', from: 'no-reply@example.com', subject: 'Reset your password', set: 'transactional' },
] as const

/** When a message is sent, its number, and the domain of its recipient. */
export interface Sent {
  readonly step: number
  readonly atMs: number
  readonly domain: string
}

/** The domains of the readers' mailboxes. */
export const DOMAINS = ['example.com', 'example.net', 'example.org'] as const

/** A message of a campaign, as SES describes it. */
export function createMail({ step, atMs, domain }: Sent, random: Random): { mail: object; to: string } {
  const { name, from, subject, set } = pick(CAMPAIGNS, random())
  const to = `reader-${Math.floor(random() * 1e6)}@${domain}`
  const messageId = `0100${hex(random)}-${hex(random)}-${step.toString(16).padStart(8, '0')}-000000`
  const contentType = `multipart/alternative;  boundary="----=_Part_${step}_${hex(random)}"`
  const tags = `campaign=${name}, cohort=${step % 7}`
  const unsubscribe = `<https://example.com/unsubscribe/${hex(random)}>`
  const headers = {
    'List-Unsubscribe': unsubscribe,
    Date: new Date(atMs).toUTCString(),
    From: from,
    To: to,
    Subject: subject,
    'MIME-Version': '1.0',
    'Content-Type': contentType,
  }
  const mail = {
    timestamp: iso(atMs),
    source: from,
    sourceArn: 'arn:aws:ses:us-east-1:111122223333:identity/example.com',
    sendingAccountId: '111122223333',
    messageId,
    destination: [to],
    headersTruncated: false,
    headers: Object.entries({ ...headers, 'X-SES-CONFIGURATION-SET': set, 'X-SES-MESSAGE-TAGS': tags }).map(
      ([header, value]) => ({ name: header, value }),
    ),
    commonHeaders: { from: [from], to: [to], messageId, subject },
    tags: {
      'ses:operation': ['SendEmail'],
      'ses:configuration-set': [set],
      'ses:source-ip': ['192.0.2.10'],
      'ses:from-domain': ['example.com'],
      'ses:caller-identity': ['mailer'],
      campaign: [name],
      cohort: [String(step % 7)],
    },
  }
  return { mail, to }
}

/** A time as SES writes it. */
export function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}
