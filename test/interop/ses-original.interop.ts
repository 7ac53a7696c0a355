import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSesRouter, type SesClickEvent, type SesEvent, type SesOpenEvent } from '../../src/ses/index.ts'
import { sesClickEvents, sesOpenEvents, sesSendEvents } from '../../src/testing/arbitraries.ts'
import { createFirehoseEvent } from '../../src/testing/index.ts'

interface Answer {
  readonly table: string | null
  readonly row: { readonly [column: string]: unknown }
}

type BatchAnswer = { readonly answers: readonly Answer[] } | { readonly error: string }

/** Runs batches through the original mapping, in one Python process. */
function original(batches: readonly (readonly object[])[]): BatchAnswer[] {
  const script = fileURLToPath(new URL('../ses/original/mapping.py', import.meta.url))
  const input = JSON.stringify(batches.map((batch) => batch.map((event) => JSON.stringify(event))))
  const { stdout, stderr, status } = spawnSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(`the original mapping stopped: ${stderr}`)
  return JSON.parse(stdout)
}

async function ours(batch: readonly object[]): Promise<Answer[]> {
  const router = createSesRouter({ database: 'email_event', onBatch: () => undefined })
  const { outcomes } = await router.runBatch(createFirehoseEvent(batch))
  return outcomes.map((outcome) => {
    if (outcome.status === 'delivered') return { table: outcome.table, row: JSON.parse(outcome.row) }
    return { table: null, row: { code: outcome.status === 'failed' ? outcome.failure.code : 'dropped' } }
  })
}

const both = async (event: object): Promise<{ before: BatchAnswer | undefined; now: Answer | undefined }> => {
  return { before: original([[event]])[0], now: (await ours([event]))[0] }
}

/** Times are microseconds, former objects are strings of JSON, and missing values are null: the differences in form. */
function inOurForm({ table, row }: Answer): Answer {
  const { from_address = null, to_address = null, timestamp, tags, ...others } = row
  const link_tags = others['link_tags'] ?? null
  const form = { from_address, to_address, timestamp: Date.parse(String(timestamp)) * 1000, tags: JSON.stringify(tags) }
  const links = 'link' in others ? { link_tags: link_tags === null ? null : JSON.stringify(link_tags) } : {}
  return { table, row: { ...others, ...form, ...links } }
}

/** An event with everything that the original relies on, in the case that it expects. */
function complete(event: SesEvent): SesEvent {
  const address = { name: 'From', value: 'Harbour Books <news@example.com>' }
  const headers = (event.mail.headers ?? [])
    .filter(({ name }) => ['From', 'To'].includes(name) || !['from', 'to'].includes(name.toLowerCase()))
    .concat(address, { name: 'To', value: '=?utf-8?q?J=C3=B6rg?= <j@example.com>' })
  const mail = { ...event.mail, headers, tags: event.mail.tags ?? {} }
  if (event.eventType === 'Open') return { ...event, mail, open: { ipAddress: null, userAgent: null, ...event.open } }
  if (event.eventType !== 'Click') return { ...event, mail }
  const rest = { ipAddress: null, userAgent: null, link: null, linkTags: null }
  return { ...event, mail, click: { ...rest, ...event.click } }
}

it('complete Send, Open and Click events make the same rows', async () => {
  const three = fc.oneof(sesSendEvents(), sesOpenEvents(), sesClickEvents()).map(complete)
  // One Python process for all of them; what SES never writes, keys like __proto__, Python and JavaScript print alike.
  const events = fc.sample(three, 2000)
  const before = original(events.map((event) => [event]))
  const now = await ours(events)
  for (const [index, answer] of before.entries()) {
    if (!('answers' in answer)) throw new Error(`the original failed: ${answer.error}`)
    const [expected] = answer.answers
    expect(now[index]).toEqual(expected === undefined ? undefined : inOurForm(expected))
  }
})

it('so do the samples', async () => {
  for (const name of ['send', 'open', 'click']) {
    const file = new URL(`../../examples/ses/events/${name}.json`, import.meta.url)
    const { before, now } = await both(JSON.parse(readFileSync(file, 'utf8')))
    if (before === undefined || !('answers' in before)) throw new Error(`the original failed on ${name}`)
    expect(before.answers.map(inOurForm)).toEqual([now])
  }
})

const at = '2026-01-12T08:15:02.645Z'
const headers = [
  { name: 'From', value: 'a@example.com' },
  { name: 'To', value: 'b@example.com' },
]
const mail = { messageId: 'm', timestamp: at, headers, tags: { campaign: ['spring'] } }
const open: SesOpenEvent = { eventType: 'Open', mail, open: { timestamp: at, ipAddress: '::1', userAgent: 'x' } }
const click: SesClickEvent = { eventType: 'Click', mail, click: { ...open.open, link: 'https://example.com' } }

it('difference: tags were an object for a string column, now they are a string of JSON', async () => {
  const { before, now } = await both({ eventType: 'Send', mail })
  expect(before).toMatchObject({ answers: [{ row: { tags: { campaign: ['spring'] } } }] })
  expect(now?.row['tags']).toBe('{"campaign":["spring"]}')
})

it('difference: timestamps were ISO strings, now they are microseconds', async () => {
  const { before, now } = await both({ eventType: 'Send', mail })
  expect(before).toMatchObject({ answers: [{ row: { timestamp: at } }] })
  expect(now?.row['timestamp']).toBe(Date.parse(at) * 1000)
})

it.each([
  ['headers', { eventType: 'Send', mail: { ...mail, headers: undefined, source: 'a@example.com' } }, 'KeyError'],
  ['headers, null', { eventType: 'Send', mail: { ...mail, headers: null } }, 'TypeError'],
  ['tags', { eventType: 'Send', mail: { ...mail, tags: undefined } }, 'KeyError'],
  ['linkTags', click, 'KeyError'],
  ['an IP address', { ...open, open: { timestamp: at } }, 'KeyError'],
])('difference: an event without %s cost the batch, now it is delivered', async (_, event, error) => {
  const { before, now } = await both(event)
  expect(before).toEqual({ error })
  expect(now?.table).toMatch(/^(send|open|click)_log$/)
})

it('difference: header names counted in one case only', async () => {
  const event = { eventType: 'Send', mail: { ...mail, headers: [{ name: 'FROM', value: 'a@example.com' }] } }
  const { before, now } = await both(event)
  expect(before).toMatchObject({ answers: [{ row: expect.not.objectContaining({ from_address: expect.anything() }) }] })
  expect(now?.row['from_address']).toBe('a@example.com')
})

it('difference: a missing header is replaced by what SES read of it or by the envelope, otherwise it is null', async () => {
  const event = { eventType: 'Send', mail: { ...mail, headers: [], commonHeaders: { from: ['a@example.com'] } } }
  const { before, now } = await both(event)
  expect(before).toMatchObject({ answers: [{ row: expect.not.objectContaining({ from_address: expect.anything() }) }] })
  expect(now?.row).toMatchObject({ from_address: 'a@example.com', to_address: null })
})

it('difference: an unknown type went to table null, now it fails', async () => {
  const { before, now } = await both({ eventType: 'Bounce', mail, bounce: {} })
  expect(before).toMatchObject({ answers: [{ table: null }] })
  expect(now?.row).toEqual({ code: 'NoRoute' })
})

it('difference: one broken event cost its neighbours, now they are delivered', async () => {
  const batch = [open, { eventType: 'Open' }, click]
  expect(original([batch])).toEqual([{ error: 'KeyError' }])
  expect((await ours(batch)).map(({ table }) => table)).toEqual(['open_log', null, 'click_log'])
})
