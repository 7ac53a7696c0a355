import * as fc from 'fast-check'
import { createSesRouter, type SesEvent } from 'firehose-iceberg-router/ses'
import { sesEventSchema } from 'firehose-iceberg-router/ses/schemas'
import { checkResponse, createFirehoseEvent, readResponse, SOURCES } from 'firehose-iceberg-router/testing'
import { garbagePayloads, sesEvents } from 'firehose-iceberg-router/testing/arbitraries'
import { expect, it } from 'vitest'

const handler = createSesRouter({ database: 'email_event', onBatch: () => undefined }).handler()

// The mapping once more, written the long way round and from the description alone.
function expectedAnswer(event: SesEvent): { table: string; row: object } {
  const { eventType, mail } = event
  const from_address = address(event, 'from', mail.commonHeaders?.from, mail.source == null ? null : [mail.source])
  const to_address = address(event, 'to', mail.commonHeaders?.to, mail.destination)
  const head = { event_type: eventType, message_id: mail.messageId, from_address, to_address }
  const tags = mail.tags == null ? null : JSON.stringify(mail.tags)
  if (eventType === 'Send') return { table: 'send_log', row: { ...head, timestamp: micros(mail.timestamp), tags } }
  const did = eventType === 'Open' ? event.open : event.click
  const ip_address = did.ipAddress === undefined ? null : did.ipAddress
  const user_agent = did.userAgent === undefined ? null : did.userAgent
  const opened = { ...head, timestamp: micros(did.timestamp), tags, ip_address, user_agent }
  if (eventType === 'Open') return { table: 'open_log', row: opened }
  const link = event.click.link === undefined ? null : event.click.link
  const link_tags = event.click.linkTags == null ? null : JSON.stringify(event.click.linkTags)
  return { table: 'click_log', row: { ...opened, link, link_tags } }
}

function micros(timestamp: string): number {
  return Date.parse(timestamp) * 1000
}

type List = readonly string[] | null | undefined

function address({ mail }: SesEvent, header: string, common: List, envelope: List): string | null {
  let found: string | null = null
  for (const { name, value } of mail.headers ?? []) if (name.toLowerCase() === header) found = value
  if (found !== null) return found
  if (common && common.length > 0) return common.join(', ')
  return envelope && envelope.length > 0 ? envelope.join(', ') : null
}

it('every event of every source lands in its table as described', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sesEvents(), { maxLength: 3 }), fc.constantFrom(...SOURCES), async (events, source) => {
      const event = createFirehoseEvent(events, { source })
      const response = await handler(event)
      expect(checkResponse(event, response)).toEqual([])
      // As text: the columns are exactly these, in this order.
      const answers = readResponse(response).map(({ table, row }) => JSON.stringify({ table, row }))
      expect(answers).toEqual(events.map((each) => JSON.stringify(expectedAnswer(each))))
    }),
    { numRuns: 1500 },
  )
})

it('broken events fail alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(sesEvents(), broken()), { maxLength: 6 }), async (payloads) => {
      const event = createFirehoseEvent(payloads)
      const results = readResponse(await handler(event)).map(({ result }) => result)
      expect(results).toEqual(payloads.map((payload) => (isSesEvent(payload) ? 'Ok' : 'ProcessingFailed')))
    }),
    { numRuns: 1000 },
  )
})

it('whatever replaces a part of an event, its neighbours are delivered and nothing throws', async () => {
  const parts = [
    'mail',
    'open',
    'click',
    'headers',
    'commonHeaders',
    'from',
    'tags',
    'timestamp',
    'messageId',
    'source',
    'link',
  ]
  await fc.assert(
    fc.asyncProperty(sesEvents(), fc.constantFrom(...parts), fc.jsonValue(), async (good, part, junk) => {
      const odd = JSON.stringify(good, (key, value) => (key === part ? junk : value))
      const event = createFirehoseEvent([good, odd, good])
      const { outcomes } = await createSesRouter({ database: 'db', onBatch: () => undefined }).process(event)
      expect(outcomes.map(({ status }) => status)).toEqual(['delivered', expect.any(String), 'delivered'])
      const [, middle] = outcomes
      // A code of the table means that the mapping itself never threw.
      if (middle?.status === 'failed') expect(middle.failure.code).not.toMatch(/Threw|Unreadable/)
    }),
    { numRuns: 1000 },
  )
})

it('the schema takes every event, unchanged', () => {
  fc.assert(
    fc.property(sesEvents(), (event) => {
      // Zod leaves out keys named __proto__, whatever the schema.
      const text = JSON.stringify(event, (_, value) => (isObject(value) ? withoutProto(value) : value))
      const received: unknown = JSON.parse(text)
      expect(sesEventSchema.parse(received)).toEqual(received)
    }),
    { numRuns: 1000 },
  )
})

it('what the schema takes, the router delivers', async () => {
  const parts = [
    'mail',
    'open',
    'headers',
    'name',
    'value',
    'commonHeaders',
    'from',
    'to',
    'tags',
    'timestamp',
    'destination',
    'link',
  ]
  await fc.assert(
    fc.asyncProperty(sesEvents(), fc.constantFrom(...parts), fc.jsonValue(), async (good, part, junk) => {
      const odd: object = JSON.parse(JSON.stringify(good, (key, value) => (key === part ? junk : value)))
      const [answered] = readResponse(await handler(createFirehoseEvent([odd])))
      if (sesEventSchema.safeParse(odd).success) expect(answered?.result).toBe('Ok')
    }),
    { numRuns: 1000 },
  )
})

function broken(): fc.Arbitrary<object | string | Uint8Array> {
  const required = fc.constantFrom('messageId', 'timestamp', 'mail')
  const incomplete = fc
    .tuple(sesEvents(), required)
    .map(([event, gap]) => JSON.stringify(event, (key, value) => (key === gap ? undefined : value)))
  const unknown = sesEvents().map((event) => ({ ...event, eventType: 'Bounce' }))
  return fc.oneof(garbagePayloads(), incomplete, unknown)
}

function isSesEvent(payload: object | string | Uint8Array): boolean {
  return typeof payload === 'object' && 'eventType' in payload && payload.eventType !== 'Bounce'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function withoutProto(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '__proto__'))
}
