import * as fc from 'fast-check'
import { t } from 'firehose-iceberg-router'
import {
  allEvents,
  bounce,
  createSesRouter,
  extend,
  type SesEvent,
  type SesRouterOptions,
} from 'firehose-iceberg-router/ses'
import { createFirehoseEvent, readResponse, SOURCES } from 'firehose-iceberg-router/testing'
import { sesEvents } from 'firehose-iceberg-router/testing/arbitraries'
import { describe, expect, it } from 'vitest'
import { runs } from '../support/runs.ts'
import { createTestStream } from '../support/stream.ts'
import { expectedAnswer } from './expected.ts'

const at = '2026-01-12T08:15:02.645Z'
const mail = { messageId: 'm-1', timestamp: at }
const recipients = [{ emailAddress: 'a@example.com', status: '5.1.1' }, { emailAddress: 'b@example.org' }]
const bounced = {
  eventType: 'Bounce',
  mail,
  bounce: { timestamp: at, bounceType: 'Permanent', bouncedRecipients: recipients },
}

type Types = SesRouterOptions['events'] & object

/** All rows of events: those of the response, then those of the records that went back onto the stream, until it is empty. */
async function deliverAll(
  events: readonly object[],
  source: (typeof SOURCES)[number],
  types: Types = allEvents,
): Promise<object[]> {
  const stream = createTestStream()
  const options = { database: 'db', events: types, rowPer: 'recipient', onBatch: () => undefined } as const
  const handler = createSesRouter({ ...options, reingest: stream.target }).handler()
  const rows: object[] = []
  let batch: readonly (object | Uint8Array)[] = events
  while (batch.length > 0) {
    for (const { result, table, row } of readResponse(await handler(createFirehoseEvent(batch, { source })))) {
      rows.push(result === 'Ok' ? { table, row } : { result })
    }
    batch = stream.items.splice(0).map(({ data }) => data)
  }
  return rows
}

describe('one row per event', () => {
  it('has all recipients as JSON, and their number', async () => {
    const handler = createSesRouter({ database: 'db', events: [bounce] }).handler()
    const [answer] = readResponse(await handler(createFirehoseEvent([bounced])))
    expect(answer?.row).toMatchObject({ recipient: null, recipient_count: 2, recipients: JSON.stringify(recipients) })
  })
})

describe('one row per recipient', () => {
  it('sends the extra rows back onto the stream, and each row has its address', async () => {
    expect(await deliverAll([bounced], 'direct-put')).toMatchObject([
      {
        table: 'bounce_log',
        row: {
          recipient: 'a@example.com',
          recipient_count: 1,
          recipients: '[{"emailAddress":"a@example.com","status":"5.1.1"}]',
        },
      },
      {
        table: 'bounce_log',
        row: { recipient: 'b@example.org', recipient_count: 1, recipients: '[{"emailAddress":"b@example.org"}]' },
      },
    ])
  })

  it('makes the columns of an extension for each recipient, with promises too', async () => {
    const columns = { domain: t.nullable(t.string()) }
    const domain = (event: SesEvent): { domain: string | null } => {
      const address = event.eventType === 'Bounce' ? event.bounce.bouncedRecipients?.[0]?.emailAddress : undefined
      return { domain: address?.split('@')[1] ?? null }
    }
    for (const row of [domain, async (event: SesEvent) => domain(event)]) {
      const rows = await deliverAll([bounced], 'direct-put', [extend(bounce, { columns, row })])
      expect(rows).toMatchObject([{ row: { domain: 'example.com' } }, { row: { domain: 'example.org' } }])
    }
  })

  it('fails the whole event if one row fails', async () => {
    let calls = 0
    const row = (): Promise<object> => {
      if (++calls % 2 === 0) throw new Error('second')
      return Promise.reject(new Error('first'))
    }
    expect(await deliverAll([bounced], 'direct-put', [extend(bounce, { row })])).toEqual([
      { result: 'ProcessingFailed' },
    ])
  })

  it('delivers the row of every recipient of every event once', async () => {
    const run = fc.asyncProperty(
      fc.array(sesEvents(), { maxLength: 3 }),
      fc.constantFrom(...SOURCES),
      async (events, source) => {
        const rows = await deliverAll(events, source)
        const expected = events.flatMap(splitByHand).map(expectedAnswer)
        const sorted = (list: readonly object[]): string[] => list.map((each) => JSON.stringify(each)).sort()
        expect(sorted(rows)).toEqual(sorted(expected))
      },
    )
    await fc.assert(run, { numRuns: runs(1000) })
  })
})

function splitByHand(event: SesEvent): SesEvent[] {
  const copies: SesEvent[] = []
  if (event.eventType === 'Delivery') {
    for (const one of event.delivery.recipients ?? [])
      copies.push({ ...event, delivery: { ...event.delivery, recipients: [one] } })
  } else if (event.eventType === 'Bounce') {
    for (const one of event.bounce.bouncedRecipients ?? [])
      copies.push({ ...event, bounce: { ...event.bounce, bouncedRecipients: [one] } })
  } else if (event.eventType === 'Complaint') {
    for (const one of event.complaint.complainedRecipients ?? [])
      copies.push({ ...event, complaint: { ...event.complaint, complainedRecipients: [one] } })
  } else if (event.eventType === 'DeliveryDelay') {
    for (const one of event.deliveryDelay.delayedRecipients ?? [])
      copies.push({ ...event, deliveryDelay: { ...event.deliveryDelay, delayedRecipients: [one] } })
  }
  return copies.length > 0 ? copies : [event]
}
