import * as ses from 'firehose-iceberg-router/ses'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'
import { tablesByType } from './tables-by-type.ts'

const router = ses.createSesRouter({ database: 'email_event', onBatch: () => undefined })
const at = '2026-01-12T08:15:02.645Z'
const mail = { messageId: 'm-1', timestamp: at }

async function outcomeOf(event: object): Promise<object> {
  const { outcomes } = await router.runBatch(createFirehoseEvent([event]))
  const [outcome] = outcomes
  if (outcome?.status === 'delivered') return JSON.parse(outcome.row)
  return outcome?.status === 'failed' ? { code: outcome.failure.code, path: outcome.failure.path } : {}
}

const send = (extra: object): Promise<object> => outcomeOf({ eventType: 'Send', mail: { ...mail, ...extra }, send: {} })
const header = (name: unknown, value: unknown): object => ({ name, value })
const common = { from: ['c@example.com', 'd@example.com'], to: ['e@example.com', 'f@example.com'] }

describe('the addresses of a row', () => {
  it.each([
    ['come from the headers', { headers: [header('From', 'a'), header('To', 'b')] }, 'a', 'b'],
    ['come from headers in upper or lower case', { headers: [header('fROM', 'a'), header('tO', 'b')] }, 'a', 'b'],
    [
      'come from the last header of several',
      { headers: [header('From', 'x'), header('FROM', 'a'), header('Cc', 'y')] },
      'a',
      null,
    ],
    ['are empty if the header is empty', { headers: [header('From', '')], source: 's' }, '', null],
    ['ignore headers with similar names', { headers: [header('From ', 'x'), header('X-To', 'y')] }, null, null],
    [
      'come from headers before common headers',
      { headers: [header('From', 'a')], commonHeaders: common },
      'a',
      'e@example.com, f@example.com',
    ],
    [
      'come from common headers if there are no headers',
      { headers: [], commonHeaders: common },
      'c@example.com, d@example.com',
      'e@example.com, f@example.com',
    ],
    [
      'come from the envelope if there are no headers of either kind',
      { headers: null, commonHeaders: null, source: 's', destination: ['p', 'q'] },
      's',
      'p, q',
    ],
    ['skip empty lists', { commonHeaders: { from: [], to: [] }, source: 's', destination: [] }, 's', null],
    ['are null if the event has none', {}, null, null],
    [
      'skip invalid headers',
      { headers: [null, 1, 'x', [], {}, header('From', 'a'), header(1, 'x'), header('From', null)] },
      'a',
      null,
    ],
    ['skip headers that are a string', { headers: 'From: x', source: 's' }, 's', null],
    ['skip headers that are an object', { headers: { length: 2 }, source: 's' }, 's', null],
    ['skip common headers that are a string', { commonHeaders: 'x', source: 's' }, 's', null],
  ])('%s', async (_, extra, from, to) => {
    expect(await send(extra)).toMatchObject({ from_address: from, to_address: to })
  })
})

describe('an event that does not fit its table fails, and the failure names the column', () => {
  const missing = (path: string): object => ({ code: 'MissingColumn', path })
  const wrong = (path: string): object => ({ code: 'WrongType', path })
  const open = { timestamp: at }
  it.each([
    ['without mail', { eventType: 'Send' }, missing('message_id')],
    ['if mail is null', { eventType: 'Open', mail: null, open }, missing('message_id')],
    ['if mail is a string', { eventType: 'Click', mail: 'x', click: open }, missing('message_id')],
    ['if mail is a list', { eventType: 'Send', mail: [] }, missing('message_id')],
    ['if messageId is a number', { eventType: 'Send', mail: { messageId: 1, timestamp: at } }, wrong('message_id')],
    ['without a timestamp', { eventType: 'Send', mail: { messageId: 'm' } }, missing('timestamp')],
    ['without open', { eventType: 'Open', mail }, missing('timestamp')],
    ['if open is null', { eventType: 'Open', mail, open: null }, missing('timestamp')],
    ['if click is a string', { eventType: 'Click', mail, click: 'x' }, missing('timestamp')],
    ['if timestamp is an object', { eventType: 'Open', mail, open: { timestamp: {} } }, wrong('timestamp')],
    [
      'if timestamp is a number of milliseconds',
      { eventType: 'Open', mail, open: { timestamp: 1768205702645 } },
      { code: 'InvalidTimestamp', path: 'timestamp' },
    ],
    [
      'if the day does not exist',
      { eventType: 'Open', mail, open: { timestamp: '2026-02-30T00:00:00Z' } },
      { code: 'InvalidTimestamp', path: 'timestamp' },
    ],
    ['if ipAddress is a list', { eventType: 'Open', mail, open: { ...open, ipAddress: [] } }, wrong('ip_address')],
    ['if userAgent is a number', { eventType: 'Open', mail, open: { ...open, userAgent: 1 } }, wrong('user_agent')],
    ['if link is an object', { eventType: 'Click', mail, click: { ...open, link: {} } }, wrong('link')],
    ['if source is a number', { eventType: 'Send', mail: { ...mail, source: 1 } }, wrong('from_address')],
    ['if source is a list', { eventType: 'Send', mail: { ...mail, source: ['s'] } }, wrong('from_address')],
    [
      'if the last From header is a number',
      { eventType: 'Send', mail: { ...mail, headers: [header('From', 'a'), header('From', 2)] } },
      wrong('from_address'),
    ],
    [
      'if the To header is a list of strings',
      { eventType: 'Send', mail: { ...mail, headers: [header('To', ['a'])] } },
      wrong('to_address'),
    ],
    ['if the recipients are numbers', { eventType: 'Send', mail: { ...mail, destination: [1] } }, wrong('to_address')],
    ['if its type has no table', { eventType: 'Bounce', mail, bounce: {} }, { code: 'NoRoute', path: '' }],
    ['without a type', { mail }, { code: 'NoRoute', path: '' }],
  ])('%s', async (_, event, expected) => {
    expect(await outcomeOf(event)).toEqual(expected)
  })
})

it.each([
  [{ a: ['b'] }, '{"a":["b"]}'],
  [{}, '{}'],
  [null, null],
  ['odd', '"odd"'],
  [[1], '[1]'],
])('JSON columns accept any value: %j', async (tags, json) => {
  const click = { timestamp: at, linkTags: tags }
  expect(await outcomeOf({ eventType: 'Click', mail: { ...mail, tags }, click })).toMatchObject({
    tags: json,
    link_tags: json,
  })
})

it('a missing JSON value is null', async () => {
  const row = await outcomeOf({ eventType: 'Click', mail, click: { timestamp: at } })
  expect(row).toMatchObject({ tags: null, link: null, link_tags: null })
})

it.each(ses.allEvents)(
  'a $eventType row has the columns of its table, in their order',
  async ({ eventType, table }) => {
    const all = ses.createSesRouter({ database: 'email_event', events: ses.allEvents, onBatch: () => undefined })
    const payload = tablesByType[eventType]?.payload ?? ''
    const { outcomes } = await all.runBatch(createFirehoseEvent([{ eventType, mail, [payload]: { timestamp: at } }]))
    const [outcome] = outcomes
    const row: object = outcome?.status === 'delivered' ? JSON.parse(outcome.row) : {}
    expect(Object.keys(row)).toEqual(Object.keys(table.columns))
  },
)
