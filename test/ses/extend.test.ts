import { day, double, nullable, string } from 'firehose-iceberg-router'
import { createSesRouter, type SesEvent, type SesRouterOptions } from 'firehose-iceberg-router/ses'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'

const silent = { database: 'email_event', onBatch: () => undefined }
const at = '2026-01-12T08:15:02.645Z'
const mail = { messageId: 'm-1', timestamp: at, tags: { campaign: ['spring'] } }
const send = { eventType: 'Send', mail }
const open = { eventType: 'Open', mail, open: { timestamp: at, ipAddress: '198.51.100.7' } }

const campaign = {
  columns: { campaign: nullable(string()) },
  row: (event: SesEvent) => ({ campaign: event.mail.tags?.['campaign']?.[0] ?? null }),
}

async function rowOf(
  router: ReturnType<typeof createSesRouter>,
  event: object,
): Promise<{ [column: string]: unknown }> {
  const { outcomes } = await router.process(createFirehoseEvent([event]))
  const [outcome] = outcomes
  if (outcome?.status === 'delivered') return JSON.parse(outcome.row)
  return { code: outcome?.status === 'failed' ? outcome.failure.code : undefined }
}

describe('own columns', () => {
  it('stand after those of the table, in the types that are extended only', async () => {
    const router = createSesRouter({ ...silent, extend: { Send: campaign } })
    const columns = ['event_type', 'message_id', 'from_address', 'to_address', 'timestamp', 'tags']
    expect(Object.keys(await rowOf(router, send))).toEqual([...columns, 'campaign'])
    expect(await rowOf(router, send)).toMatchObject({ campaign: 'spring', message_id: 'm-1' })
    expect(await rowOf(router, open)).not.toHaveProperty('campaign')
    const [sendLog, openLog] = router.handler().tables
    expect(Object.keys(sendLog?.columns ?? {})).toEqual([...columns, 'campaign'])
    expect(Object.keys(openLog?.columns ?? {})).toEqual([...columns, 'ip_address', 'user_agent'])
  })

  it('a table may be partitioned, by them too', () => {
    const extend = {
      Send: { ...campaign, partitionBy: [day('timestamp')] },
      Open: { partitionBy: [day('timestamp')] },
    } as const
    const { tables } = createSesRouter({ ...silent, extend }).handler()
    expect(tables.map(({ partitionBy }) => partitionBy.map(({ column }) => column))).toEqual([
      ['timestamp'],
      ['timestamp'],
      [],
    ])
  })

  it('are checked as every row is', async () => {
    const extend = { Send: { columns: { cost: double() }, row: () => ({ cost: Number.NaN }) } }
    expect(await rowOf(createSesRouter({ ...silent, extend }), send)).toEqual({ code: 'WrongType' })
  })
})

describe('the row of an extension', () => {
  it('replaces what is to be kept out of the table', async () => {
    const router = createSesRouter({
      ...silent,
      extend: { Open: { row: () => ({ ip_address: null, to_address: null }) } },
    })
    expect(await rowOf(router, open)).toMatchObject({ ip_address: null, to_address: null, message_id: 'm-1' })
  })

  it('may come later', async () => {
    const row = async (): Promise<{ campaign: string }> => ({ campaign: 'looked up' })
    const router = createSesRouter({ ...silent, extend: { Send: { columns: campaign.columns, row } } })
    expect(await rowOf(router, send)).toMatchObject({ campaign: 'looked up', message_id: 'm-1' })
  })

  it('gets the record', async () => {
    const columns = { record_id: string() }
    const extend = {
      Send: { columns, row: (_: unknown, record: { recordId: string }) => ({ record_id: record.recordId }) },
    }
    const event = createFirehoseEvent([send])
    const { outcomes } = await createSesRouter({ ...silent, extend }).process(event)
    const [outcome] = outcomes
    expect(outcome?.status === 'delivered' && JSON.parse(outcome.row).record_id).toBe(event.records[0]?.recordId)
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('x')
      },
    ],
    ['rejects', () => Promise.reject(new Error('x'))],
    ['returns null', () => null],
    ['returns a list', () => []],
    ['returns a text', () => Promise.resolve('x')],
  ])('that %s fails its record alone', async (_, row) => {
    const extend = { Send: { row: row as () => unknown } } as SesRouterOptions['extend'] & object
    const { outcomes } = await createSesRouter({ ...silent, extend }).process(createFirehoseEvent([open, send, open]))
    expect(outcomes).toMatchObject([
      { status: 'delivered' },
      { status: 'failed', failure: { code: 'TransformThrew', route: 'Send', table: 'send_log' } },
      { status: 'delivered' },
    ])
  })

  it('that has a column of no table fails its record', async () => {
    const extend = { Send: { row: () => ({ nothing: 1 }) as unknown } } as SesRouterOptions['extend'] & object
    expect(await rowOf(createSesRouter({ ...silent, extend }), send)).toEqual({ code: 'UnknownColumn' })
  })
})
