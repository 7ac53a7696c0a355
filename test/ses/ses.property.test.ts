import * as fc from 'fast-check'
import { allEvents, createSesRouter } from 'firehose-iceberg-router/ses'
import { sesEventSchema } from 'firehose-iceberg-router/ses/schemas'
import { checkResponse, createFirehoseEvent, readResponse, SOURCES } from 'firehose-iceberg-router/testing'
import { garbagePayloads, sesEvents } from 'firehose-iceberg-router/testing/arbitraries'
import { expect, it } from 'vitest'
import { runs } from '../support/runs.ts'
import { expectedAnswer } from './expected.ts'

const router = createSesRouter({ database: 'email_event', events: allEvents, onBatch: () => undefined })
const handler = router.handler()

it('every event of every source arrives in its table as described', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sesEvents(), { maxLength: 3 }), fc.constantFrom(...SOURCES), async (events, source) => {
      const event = createFirehoseEvent(events, { source })
      const response = await handler(event)
      expect(checkResponse(event, response)).toEqual([])
      // Compared as strings: the columns are exactly these, in this order.
      const answers = readResponse(response).map(({ table, row }) => JSON.stringify({ table, row }))
      expect(answers).toEqual(events.map((each) => JSON.stringify(expectedAnswer(each))))
    }),
    { numRuns: runs(1500) },
  )
})

it('a broken event fails, and its neighbours are delivered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(sesEvents(), broken()), { maxLength: 6 }), async (payloads) => {
      const event = createFirehoseEvent(payloads)
      const results = readResponse(await handler(event)).map(({ result }) => result)
      expect(results).toEqual(payloads.map((payload) => (isSesEvent(payload) ? 'Ok' : 'ProcessingFailed')))
    }),
    { numRuns: runs(1000) },
  )
})

it('with any value in any field of an event, its neighbours are delivered and the mapping does not throw', async () => {
  await fc.assert(
    fc.asyncProperty(sesEvents(), partNames(), fc.jsonValue(), async (good, part, junk) => {
      const odd = JSON.stringify(withPart(good, part, junk))
      const event = createFirehoseEvent([good, odd, good])
      const { outcomes } = await router.runBatch(event)
      expect(outcomes.map(({ status }) => status)).toEqual(['delivered', expect.any(String), 'delivered'])
      const [, middle] = outcomes
      // The codes of the table show that the mapping did not throw.
      if (middle?.status === 'failed') expect(middle.failure.code).not.toMatch(/Threw|Unreadable/)
    }),
    { numRuns: runs(1000) },
  )
})

it('the schema accepts every event and does not change it', () => {
  fc.assert(
    fc.property(sesEvents(), (event) => {
      // Zod leaves out keys named __proto__, whatever the schema.
      const json = JSON.stringify(event, (_, value) => (isObject(value) ? withoutProto(value) : value))
      const received: unknown = JSON.parse(json)
      expect(sesEventSchema.parse(received)).toEqual(received)
    }),
    { numRuns: runs(1000) },
  )
})

it('the router delivers every event that the schema accepts', async () => {
  await fc.assert(
    fc.asyncProperty(sesEvents(), partNames(), fc.jsonValue(), async (good, part, junk) => {
      const odd: object = JSON.parse(JSON.stringify(withPart(good, part, junk)))
      const [answered] = readResponse(await handler(createFirehoseEvent([odd])))
      if (sesEventSchema.safeParse(odd).success) expect(answered?.result).toBe('Ok')
    }),
    { numRuns: runs(1000) },
  )
})

/** Names of fields of all event types: one of them gets another value. */
function partNames(): fc.Arbitrary<string> {
  const ofMail = ['mail', 'headers', 'name', 'value', 'commonHeaders', 'from', 'to', 'tags', 'timestamp', 'messageId']
  const payloads = ['delivery', 'bounce', 'complaint', 'reject', 'open', 'click', 'failure', 'deliveryDelay']
  const feedback = ['recipients', 'bouncedRecipients', 'complainedRecipients', 'delayedRecipients', 'emailAddress']
  const others = ['source', 'destination', 'link', 'processingTimeMillis', 'arrivalDate', 'expirationTime', 'reason']
  return fc.constantFrom(...ofMail, ...payloads, ...feedback, ...others, 'subscription', 'newTopicPreferences')
}

/** An event with another value in all fields of a name. Fields of that name inside the new value stay. */
function withPart(event: unknown, part: string, junk: unknown): unknown {
  if (Array.isArray(event)) return event.map((item) => withPart(item, part, junk))
  if (!isObject(event)) return event
  const entries = Object.entries(event).map(([name, value]) => {
    return [name, name === part ? junk : withPart(value, part, junk)]
  })
  return Object.fromEntries(entries)
}

function broken(): fc.Arbitrary<object | string | Uint8Array> {
  const required = fc.constantFrom('messageId', 'timestamp', 'mail')
  const incomplete = fc
    .tuple(sesEvents(), required)
    .map(([event, gap]) => JSON.stringify(event, (key, value) => (key === gap ? undefined : value)))
  const unknown = sesEvents().map((event) => ({ ...event, eventType: 'Bounced' }))
  return fc.oneof(garbagePayloads(), incomplete, unknown)
}

function isSesEvent(payload: object | string | Uint8Array): boolean {
  return typeof payload === 'object' && 'eventType' in payload && payload.eventType !== 'Bounced'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function withoutProto(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '__proto__'))
}
