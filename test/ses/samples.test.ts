import { readFileSync } from 'node:fs'
import { createSesRouter } from 'firehose-iceberg-router/ses'
import { clickSchema, openSchema, sendSchema, sesEventSchema } from 'firehose-iceberg-router/ses/schemas'
import { checkResponse, createFirehoseEvent, readResponse, SOURCES } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'

const sample = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../examples/ses/events/${name}.json`, import.meta.url), 'utf8'))

const tags = {
  'ses:configuration-set': ['newsletter'],
  'ses:source-ip': ['192.0.2.10'],
  'ses:from-domain': ['example.com'],
  'ses:caller-identity': ['newsletter-sender'],
  campaign: ['january-books'],
  segment: ['readers'],
}
const mail = {
  message_id: '0100019bb1f2d555-3c1f8e52-7a44-4c0e-9f0b-5d2a6b1c7e90-000000',
  from_address: 'Harbour Books <news@example.com>',
  to_address: 'reader@example.com',
}
const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
const rows = [
  {
    table: 'send_log',
    row: {
      event_type: 'Send',
      ...mail,
      timestamp: Date.UTC(2026, 0, 12, 8, 15, 2, 645) * 1000,
      tags: JSON.stringify({ 'ses:operation': ['SendEmail'], ...tags }),
    },
  },
  {
    table: 'open_log',
    row: {
      event_type: 'Open',
      ...mail,
      timestamp: Date.UTC(2026, 0, 12, 17, 40, 51, 27) * 1000,
      tags: JSON.stringify(tags),
      ip_address: '198.51.100.23',
      user_agent: iPhone,
    },
  },
  {
    table: 'click_log',
    row: {
      event_type: 'Click',
      ...mail,
      timestamp: Date.UTC(2026, 0, 12, 17, 41, 20, 114) * 1000,
      tags: JSON.stringify(tags),
      ip_address: '198.51.100.23',
      user_agent: iPhone.replace('Mobile/15E148', 'Version/18.2 Mobile/15E148 Safari/604.1'),
      link: 'https://example.com/books/the-tide-tables?utm_campaign=january-books',
      link_tags: '{"position":["cover"],"genre":["novel","sea"]}',
    },
  },
]
const samples = [sample('send'), sample('open'), sample('click')]

describe.each(SOURCES)('sample events from %s', (source) => {
  it('arrive in their tables, with the columns in the order of the original pipeline', async () => {
    const event = createFirehoseEvent(samples, { source })
    const response = await createSesRouter({ database: 'email_event' }).handler()(event)
    expect(checkResponse(event, response)).toEqual([])
    const answers = readResponse(response)
    expect(answers).toMatchObject(
      rows.map((row) => ({ result: 'Ok', database: 'email_event', operation: 'insert', ...row })),
    )
    expect(answers.map(({ row }) => Object.keys(row ?? {}))).toEqual(rows.map(({ row }) => Object.keys(row)))
  })
})

it.each([sendSchema, openSchema, clickSchema])('a schema accepts only the sample of its own type', (schema) => {
  const own = [sendSchema, openSchema, clickSchema].indexOf(schema)
  expect(samples.map((event) => schema.safeParse(event).success)).toEqual(samples.map((_, index) => index === own))
})

it('sesEventSchema accepts all samples and keeps unknown fields', () => {
  for (const event of samples) expect(sesEventSchema.parse({ ...event, added: 1 })).toEqual({ ...event, added: 1 })
})
