/** What `generateEvents` takes. */
export interface GenerateOptions {
  /** How many lines, good and broken. */
  readonly count: number
  /** The same seed gives the same lines. */
  readonly seed: number
}

/** Where a line is to end: in a table, or in the error output with the code of a failure. */
export type Expected =
  | 'send_log'
  | 'open_log'
  | 'click_log'
  | 'InvalidJson'
  | 'InvalidTimestamp'
  | 'MissingColumn'
  | 'MultipleDocuments'
  | 'NoRoute'
  | 'NotAnObject'

/** A line and what a router should make of it. */
export interface GeneratedLine {
  readonly text: string
  readonly expected: Expected
}

/** A line of every so many is broken on purpose. */
export const LINES_PER_BREAK = 500

const TABLES = { Send: 'send_log', Open: 'open_log', Click: 'click_log' } as const

const START_MS = Date.UTC(2026, 0, 12, 6)
const SPAN_MS = 5 * 24 * 3600 * 1000
const OPEN_RATE = 0.45
const CLICK_RATE = 0.35

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

const CLIENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
] as const

const LINKS = ['the-tide-tables', 'a-map-of-rain', 'night-ferry', 'unsubscribe'] as const

/** Ways to break a line that really happen, and the code that a router answers with. */
const BREAKS: readonly { readonly code: Expected; readonly apply: (text: string) => string }[] = [
  { code: 'InvalidJson', apply: (text: string) => text.slice(0, text.length >> 1) },
  { code: 'NotAnObject', apply: (text: string) => `[${text}]` },
  { code: 'NoRoute', apply: (text: string) => text.replace(/"eventType":"\w+"/, '"eventType":"Bounce"') },
  { code: 'MissingColumn', apply: (text: string) => text.replace(/"messageId":"[^"]*",/, '') },
  { code: 'InvalidTimestamp', apply: (text: string) => text.replace(/("timestamp":")[^"]*/g, '$1yesterday at noon') },
  { code: 'MultipleDocuments', apply: (text: string) => `${text}${text}` },
]

/**
 * SES events as lines of JSON without their newline: campaigns sent over five days, opened and clicked by some of their
 * readers hours later under the same message id, in the order of time. Of every 500 lines one is broken, each in another
 * of six ways.
 */
export function* generateEvents(options: GenerateOptions): Generator<string> {
  for (const { text } of generateLines(options)) yield text
}

/** How many of these lines are to end where: what a demo compares its tables and its error output with. */
export function countExpected(options: GenerateOptions): Map<Expected, number> {
  const counts = new Map<Expected, number>()
  for (const { expected } of generateLines(options)) counts.set(expected, (counts.get(expected) ?? 0) + 1)
  return counts
}

/** The lines of `generateEvents`, each with where it is to end. */
export function* generateLines(options: GenerateOptions): Generator<GeneratedLine> {
  let index = 0
  for (const event of simulate(options)) {
    if (index === options.count) return
    yield index % LINES_PER_BREAK === LINES_PER_BREAK / 2 ? breakLine(event, index) : intactLine(event)
    index++
  }
}

function intactLine(event: Event): GeneratedLine {
  return { text: JSON.stringify(event), expected: TABLES[event.eventType] }
}

function breakLine(event: Event, index: number): GeneratedLine {
  const { code, apply } = BREAKS[Math.floor(index / LINES_PER_BREAK) % BREAKS.length] as (typeof BREAKS)[number]
  return { text: apply(JSON.stringify(event)), expected: code }
}

type Random = () => number

interface Event {
  readonly eventType: keyof typeof TABLES
  readonly mail: object
}

/** Something that is to happen to a message some sends later. */
interface Pending {
  readonly eventType: 'Open' | 'Click'
  readonly mail: object
}

/** One send after the other, without end; before each, the opens and clicks that are due by then. */
function* simulate({ count, seed }: GenerateOptions): Generator<Event> {
  const random = createRandom(seed)
  const sends = Math.max(1, Math.ceil(count / (1 + OPEN_RATE * (1 + CLICK_RATE))))
  const stepMs = SPAN_MS / sends
  const pending = new Map<number, Pending[]>()
  const plan = (step: number, event: Pending): void => {
    pending.set(step, [...(pending.get(step) ?? []), event])
  }
  for (let step = 0; ; step++) {
    const atMs = START_MS + step * stepMs
    for (const { eventType, mail } of pending.get(step) ?? []) {
      yield createInteraction(eventType, mail, atMs, random)
      if (eventType === 'Open' && random() < CLICK_RATE)
        plan(step + 1 + Math.floor(random() * 3), { eventType: 'Click', mail })
    }
    pending.delete(step)
    const mail = createMail(step, atMs, random)
    yield { eventType: 'Send', mail, send: {} } as Event
    if (random() < OPEN_RATE) plan(step + delaySteps(sends, random), { eventType: 'Open', mail })
  }
}

/** Most readers open soon, some a day later. */
function delaySteps(sends: number, random: Random): number {
  return 1 + Math.floor(-Math.log(1 - random()) * sends * 0.05)
}

function createMail(step: number, atMs: number, random: Random): object {
  const { name, from, subject, set } = pick(CAMPAIGNS, random())
  const to = `reader-${Math.floor(random() * 1e6)}@example.com`
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
  return {
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
}

function createInteraction(eventType: Pending['eventType'], mail: object, atMs: number, random: Random): Event {
  const interaction = {
    ipAddress: `198.51.100.${Math.floor(random() * 256)}`,
    timestamp: iso(atMs),
    userAgent: pick(CLIENTS, random()),
  }
  if (eventType === 'Open') return { eventType, mail, open: interaction } as Event
  const page = pick(LINKS, random())
  const linkTags = random() < 0.5 ? { position: ['cover'], page: [page] } : null
  return { eventType, mail, click: { ...interaction, link: `https://example.com/books/${page}`, linkTags } } as Event
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}

function hex(random: Random): string {
  return Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
}

/** The item at a fraction from 0 up to, but not including, 1. */
function pick<Item>(items: readonly Item[], fraction: number): Item {
  return items[Math.floor(fraction * items.length)] as Item
}

/** Mulberry32: 32 bits of state, enough for lifelike data, and the same on every machine. */
function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
