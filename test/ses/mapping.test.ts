import * as ses from 'firehose-iceberg-router/ses'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'

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

describe('addresses', () => {
  it.each([
    ['a header', { headers: [header('From', 'a'), header('To', 'b')] }, 'a', 'b'],
    ['any case', { headers: [header('fROM', 'a'), header('tO', 'b')] }, 'a', 'b'],
    ['the last of many', { headers: [header('From', 'x'), header('FROM', 'a'), header('Cc', 'y')] }, 'a', null],
    ['an empty header', { headers: [header('From', '')], source: 's' }, '', null],
    ['a name that only looks alike', { headers: [header('From ', 'x'), header('X-To', 'y')] }, null, null],
    [
      'headers before common headers',
      { headers: [header('From', 'a')], commonHeaders: common },
      'a',
      'e@example.com, f@example.com',
    ],
    [
      'common headers',
      { headers: [], commonHeaders: common },
      'c@example.com, d@example.com',
      'e@example.com, f@example.com',
    ],
    ['the envelope', { headers: null, commonHeaders: null, source: 's', destination: ['p', 'q'] }, 's', 'p, q'],
    ['empty lists', { commonHeaders: { from: [], to: [] }, source: 's', destination: [] }, 's', null],
    ['nothing', {}, null, null],
    [
      'junk between headers',
      { headers: [null, 1, 'x', [], {}, header('From', 'a'), header(1, 'x'), header('From', null)] },
      'a',
      null,
    ],
    ['headers that are a text', { headers: 'From: x', source: 's' }, 's', null],
    ['headers that are an object', { headers: { length: 2 }, source: 's' }, 's', null],
    ['common headers that are a text', { commonHeaders: 'x', source: 's' }, 's', null],
  ])('%s', async (_, extra, from, to) => {
    expect(await send(extra)).toMatchObject({ from_address: from, to_address: to })
  })
})

describe('what does not fit fails by the name of its column', () => {
  const missing = (path: string): object => ({ code: 'MissingColumn', path })
  const wrong = (path: string): object => ({ code: 'WrongType', path })
  const open = { timestamp: at }
  it.each([
    ['no mail', { eventType: 'Send' }, missing('message_id')],
    ['mail null', { eventType: 'Open', mail: null, open }, missing('message_id')],
    ['mail a text', { eventType: 'Click', mail: 'x', click: open }, missing('message_id')],
    ['mail a list', { eventType: 'Send', mail: [] }, missing('message_id')],
    ['messageId a number', { eventType: 'Send', mail: { messageId: 1, timestamp: at } }, wrong('message_id')],
    ['no timestamp', { eventType: 'Send', mail: { messageId: 'm' } }, missing('timestamp')],
    ['no open', { eventType: 'Open', mail }, missing('timestamp')],
    ['open null', { eventType: 'Open', mail, open: null }, missing('timestamp')],
    ['click a text', { eventType: 'Click', mail, click: 'x' }, missing('timestamp')],
    ['timestamp of another kind', { eventType: 'Open', mail, open: { timestamp: {} } }, wrong('timestamp')],
    [
      'timestamp in ms',
      { eventType: 'Open', mail, open: { timestamp: 1768205702645 } },
      { code: 'InvalidTimestamp', path: 'timestamp' },
    ],
    [
      'no such day',
      { eventType: 'Open', mail, open: { timestamp: '2026-02-30T00:00:00Z' } },
      { code: 'InvalidTimestamp', path: 'timestamp' },
    ],
    ['ipAddress a list', { eventType: 'Open', mail, open: { ...open, ipAddress: [] } }, wrong('ip_address')],
    ['userAgent a number', { eventType: 'Open', mail, open: { ...open, userAgent: 1 } }, wrong('user_agent')],
    ['link an object', { eventType: 'Click', mail, click: { ...open, link: {} } }, wrong('link')],
    ['source a number', { eventType: 'Send', mail: { ...mail, source: 1 } }, wrong('from_address')],
    ['a source that is a list', { eventType: 'Send', mail: { ...mail, source: ['s'] } }, wrong('from_address')],
    [
      'a last From header that is no text',
      { eventType: 'Send', mail: { ...mail, headers: [header('From', 'a'), header('From', 2)] } },
      wrong('from_address'),
    ],
    [
      'a To header that is a list of texts',
      { eventType: 'Send', mail: { ...mail, headers: [header('To', ['a'])] } },
      wrong('to_address'),
    ],
    ['recipients that are no texts', { eventType: 'Send', mail: { ...mail, destination: [1] } }, wrong('to_address')],
    ['another type', { eventType: 'Bounce', mail, bounce: {} }, { code: 'NoRoute', path: '' }],
    ['no type', { mail }, { code: 'NoRoute', path: '' }],
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
])('JSON columns take what is there: %j', async (tags, text) => {
  const click = { timestamp: at, linkTags: tags }
  expect(await outcomeOf({ eventType: 'Click', mail: { ...mail, tags }, click })).toMatchObject({
    tags: text,
    link_tags: text,
  })
})

it('an absent JSON value is null', async () => {
  const row = await outcomeOf({ eventType: 'Click', mail, click: { timestamp: at } })
  expect(row).toMatchObject({ tags: null, link: null, link_tags: null })
})

it.each([
  [ses.toSendRow, ses.sendLog],
  [ses.toDeliveryRow, ses.deliveryLog],
  [ses.toBounceRow, ses.bounceLog],
  [ses.toComplaintRow, ses.complaintLog],
  [ses.toRejectRow, ses.rejectLog],
  [ses.toOpenRow, ses.openLog],
  [ses.toClickRow, ses.clickLog],
  [ses.toRenderingFailureRow, ses.renderingFailureLog],
  [ses.toDeliveryDelayRow, ses.deliveryDelayLog],
  [ses.toSubscriptionRow, ses.subscriptionLog],
])('rows have all columns in their order, which prints them in one go: %o', (toRow, table) => {
  expect(Object.keys((toRow as (event: object) => object)({ mail }))).toEqual(Object.keys(table.columns))
})
