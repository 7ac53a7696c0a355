import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateLines } from '../../examples/ses/generate/lines.ts'
import { createLocalFirehose, createWarehouse } from '../../src/local/index.ts'
import { allEvents, createSesRouter, type SesEvent } from '../../src/ses/index.ts'

type Row = Readonly<Record<string, string | number>>

const QUERIES = ['opens-per-campaign', 'click-through', 'bounce-rate-by-domain', 'complaint-rate'] as const
const ROOT = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'ses-queries-'))
const events: SesEvent[] = []
const results = new Map<string, readonly Row[]>()

beforeAll(async () => {
  const handler = createSesRouter({ database: 'email_event', events: allEvents, onBatch: () => undefined }).handler()
  const firehose = await createLocalFirehose({
    handler,
    warehouse: createWarehouse({ folder }),
    tables: handler.tables.map((table) => ({ database: 'email_event', table })),
    errors: join(folder, 'errors'),
  })
  for (const { text, expected } of generateLines({ count: 6000, seed: 11, events: 'all' })) {
    await firehose.put(text)
    if (expected.endsWith('_log')) events.push(JSON.parse(text))
  }
  await firehose.close()
  const queries = QUERIES.map((name) => readFileSync(join(ROOT, `examples/ses/queries/${name}.sql`), 'utf8'))
  const answers = runQueries(join(folder, 'email_event'), queries)
  for (const [index, name] of QUERIES.entries()) results.set(name, answers[index] ?? [])
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function runQueries(database: string, queries: readonly string[]): Row[][] {
  const script = join(ROOT, 'test/interop/ses_queries.py')
  const input = JSON.stringify({ folder: database, queries })
  const { stdout, stderr, status } = spawnSync(join(ROOT, '.venv/bin/python'), [script], { input, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the queries stopped: ${stderr}`)
  return JSON.parse(stdout)
}

const of = <Type extends SesEvent['eventType']>(type: Type): Extract<SesEvent, { eventType: Type }>[] =>
  events.filter((event): event is Extract<SesEvent, { eventType: Type }> => event.eventType === type)

const idsOf = (list: readonly SesEvent[]): Set<string> => new Set(list.map(({ mail }) => mail.messageId))

const campaignOf = ({ mail }: SesEvent): string => mail.tags?.['campaign']?.[0] ?? '(none)'

const percent = (part: number, whole: number, digits = 2): number => Number(((100 * part) / whole).toFixed(digits))

const domainOf = (address: string | undefined): string => address?.split('@')[1] ?? ''

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const found = new Map<string, Item[]>()
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item])
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Equal except for the last digit of a rate, because a tie may be rounded the other way. */
function expectRows(name: string, expected: readonly Row[]): void {
  const rows = results.get(name) ?? []
  expect(expected.length).toBeGreaterThan(2)
  expect(rows.map(withoutRate)).toEqual(expected.map(withoutRate))
  for (const [index, row] of rows.entries()) expect(rateOf(row)).toBeCloseTo(rateOf(expected[index]), 1)
  expect(rows.some((row) => rateOf(row) > 0)).toBe(true)
}

const rateOf = (row: Row = {}): number => Number(Object.entries(row).find(([name]) => name.endsWith('_percent'))?.[1])

const withoutRate = (row: Row): object =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, name.endsWith('_percent') ? 0 : count(value)]))

/** DuckDB's sums are larger than JSON's numbers, so they come as text. */
const count = (value: string | number): string | number => (/^\d+$/.test(String(value)) ? Number(value) : value)

describe('the queries of the example, in DuckDB over the local warehouse', () => {
  it('opens per campaign', () => {
    const rows = groups(of('Send'), campaignOf).map(([campaign, sends]) => {
      const opens = of('Open').filter((event) => campaignOf(event) === campaign)
      const [messages, messages_opened] = [idsOf(sends).size, idsOf(opens).size]
      const open_rate_percent = percent(messages_opened, messages)
      return { campaign, messages, messages_opened, opens: opens.length, open_rate_percent }
    })
    expectRows('opens-per-campaign', rows)
  })

  it('click-through', () => {
    const rows = groups([...of('Open'), ...of('Click')], campaignOf).map(([campaign, seen]) => {
      const messages_clicked = idsOf(seen.filter(({ eventType }) => eventType === 'Click')).size
      const messages_opened = idsOf(seen).size
      const click_through_percent = percent(messages_clicked, messages_opened)
      return { campaign, messages_opened, messages_clicked, click_through_percent }
    })
    expectRows('click-through', rows)
  })

  it('bounce rate by domain', () => {
    const delivered = of('Delivery').map(({ delivery }) => ({ domain: domainOf(delivery.recipients?.[0]), bounced: 0 }))
    const bounced = of('Bounce').map(({ bounce }) => {
      return { domain: domainOf(bounce.bouncedRecipients?.[0]?.emailAddress), bounced: 1 }
    })
    const rows = groups([...delivered, ...bounced], ({ domain }) => domain).map(([domain, ends]) => {
      const bounces = ends.filter((end) => end.bounced === 1).length
      return { domain, recipients: ends.length, bounces, bounce_rate_percent: percent(bounces, ends.length) }
    })
    expectRows('bounce-rate-by-domain', rows)
  })

  it('complaint rate', () => {
    const complained = idsOf(of('Complaint'))
    const rows = groups(of('Delivery'), ({ delivery }) => delivery.timestamp.slice(0, 10)).map(([day, deliveries]) => {
      const messages = idsOf(deliveries)
      const complaints = [...messages].filter((id) => complained.has(id)).length
      const complaint_rate_percent = percent(complaints, messages.size, 3)
      return { delivered_on: day, messages: messages.size, complaints, complaint_rate_percent }
    })
    expectRows('complaint-rate', rows)
  })
})
