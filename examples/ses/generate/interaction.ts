import type { GeneratedEvent } from './event.ts'
import { iso } from './mail.ts'
import { pick, type Random } from './random.ts'

const CLIENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
] as const

const LINKS = ['the-tide-tables', 'a-map-of-rain', 'night-ferry', 'unsubscribe'] as const

/** An open or a click of a message. */
export function createInteraction(
  eventType: 'Open' | 'Click',
  mail: object,
  atMs: number,
  random: Random,
): GeneratedEvent {
  const interaction = {
    ipAddress: `198.51.100.${Math.floor(random() * 256)}`,
    timestamp: iso(atMs),
    userAgent: pick(CLIENTS, random()),
  }
  if (eventType === 'Open') return { eventType, mail, open: interaction } as GeneratedEvent
  const page = pick(LINKS, random())
  const linkTags = random() < 0.5 ? { position: ['cover'], page: [page] } : null
  return {
    eventType,
    mail,
    click: { ...interaction, link: `https://example.com/books/${page}`, linkTags },
  } as GeneratedEvent
}
