import { t } from 'firehose-iceberg-router'
import { click, createSesRouter, extend, open, type SesEvent, send } from 'firehose-iceberg-router/ses'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'

const silent = { database: 'email_event', onBatch: () => undefined }
const at = '2026-01-12T08:15:02.645Z'
const mail = { messageId: 'm-1', timestamp: at, tags: { campaign: ['spring'] } }
const sent = { eventType: 'Send', mail }
const opened = { eventType: 'Open', mail, open: { timestamp: at, ipAddress: '198.51.100.7' } }

const campaign = {
  columns: { campaign: t.nullable(t.string()) },
  row: (event: SesEvent) => ({ campaign: event.mail.tags?.['campaign']?.[0] ?? null }),
}

async function rowOf(
  router: ReturnType<typeof createSesRouter>,
  event: object,
): Promise<{ [column: string]: unknown }> {
  const { outcomes } = await router.runBatch(createFirehoseEvent([event]))
  const [outcome] = outcomes
  if (outcome?.status === 'delivered') return JSON.parse(outcome.row)
  return { code: outcome?.status === 'failed' ? outcome.failure.code : undefined }
}

describe('the columns of an extension', () => {
  it('come after those of the table, and only in the extended types', async () => {
    const router = createSesRouter({ ...silent, events: [extend(send, campaign), open] })
    const columns = ['event_type', 'message_id', 'from_address', 'to_address', 'timestamp', 'tags']
    expect(Object.keys(await rowOf(router, sent))).toEqual([...columns, 'campaign'])
    expect(await rowOf(router, sent)).toMatchObject({ campaign: 'spring', message_id: 'm-1' })
    expect(await rowOf(router, opened)).not.toHaveProperty('campaign')
    const [sendLog, openLog] = router.handler().tables
    expect(Object.keys(sendLog?.columns ?? {})).toEqual([...columns, 'campaign'])
    expect(Object.keys(openLog?.columns ?? {})).toEqual([...columns, 'ip_address', 'user_agent'])
  })

  it('can partition the table, as its other columns can', () => {
    const daily = extend(send, { ...campaign, partitionBy: [t.day('timestamp')] })
    const events = [daily, extend(open, { partitionBy: [t.day('timestamp')] }), click]
    const { tables } = createSesRouter({ ...silent, events }).handler()
    expect(tables.map(({ partitionBy }) => partitionBy.map(({ column }) => column))).toEqual([
      ['timestamp'],
      ['timestamp'],
      [],
    ])
  })

  it('are checked like any other column', async () => {
    const events = [extend(send, { columns: { cost: t.double() }, row: () => ({ cost: Number.NaN }) })]
    expect(await rowOf(createSesRouter({ ...silent, events }), sent)).toEqual({ code: 'WrongType' })
  })

  it('add up if a type is extended twice, and partitions stay', async () => {
    const first = extend(send, { ...campaign, partitionBy: [t.day('timestamp')] })
    const twice = extend(first, {
      columns: { cost: t.double() },
      row: async () => ({ cost: 0.5, campaign: 'another' }),
    })
    const router = createSesRouter({ ...silent, events: [twice] })
    expect(await rowOf(router, sent)).toMatchObject({ message_id: 'm-1', campaign: 'another', cost: 0.5 })
    expect(twice.table.partitionBy).toEqual([t.day('timestamp')])
  })
})

it('the tenant of a message can be a column of all types', async () => {
  const tenant = {
    columns: { tenant: t.nullable(t.string()) },
    row: ({ mail: { tags } }: SesEvent) => ({ tenant: tags?.['ses:tenant-name']?.[0] ?? null }),
  }
  const router = createSesRouter({ ...silent, events: [extend(send, tenant), extend(open, tenant)] })
  const ofTenant = { ...opened, mail: { ...mail, tags: { 'ses:tenant-name': ['acme'] } } }
  expect(await rowOf(router, ofTenant)).toMatchObject({ tenant: 'acme', tags: '{"ses:tenant-name":["acme"]}' })
  expect(await rowOf(router, sent)).toMatchObject({ tenant: null })
})

describe('the row of an extension', () => {
  it('replaces values of the table', async () => {
    const anonymous = extend(open, { row: () => ({ ip_address: null, to_address: null }) })
    const router = createSesRouter({ ...silent, events: [anonymous] })
    expect(await rowOf(router, opened)).toMatchObject({ ip_address: null, to_address: null, message_id: 'm-1' })
  })

  it('may be a promise', async () => {
    const row = async (): Promise<{ campaign: string }> => ({ campaign: 'looked up' })
    const router = createSesRouter({ ...silent, events: [extend(send, { columns: campaign.columns, row })] })
    expect(await rowOf(router, sent)).toMatchObject({ campaign: 'looked up', message_id: 'm-1' })
  })

  it('gets the record', async () => {
    const columns = { record_id: t.string() }
    const withId = extend(send, { columns, row: (_, { recordId }) => ({ record_id: recordId }) })
    const event = createFirehoseEvent([sent])
    const { outcomes } = await createSesRouter({ ...silent, events: [withId] }).runBatch(event)
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
    ['returns a string', () => Promise.resolve('x')],
  ])('that %s fails only its record', async (_, row) => {
    const router = createSesRouter({ ...silent, events: [open, extend(send, { row: row as () => never })] })
    const { outcomes } = await router.runBatch(createFirehoseEvent([opened, sent, opened]))
    expect(outcomes).toMatchObject([
      { status: 'delivered' },
      { status: 'failed', failure: { code: 'TransformThrew', route: 'Send', table: 'send_log' } },
      { status: 'delivered' },
    ])
  })

  it('that has an unknown column fails its record', async () => {
    const odd = extend(send, { row: () => ({ nothing: 1 }) as object })
    expect(await rowOf(createSesRouter({ ...silent, events: [odd] }), sent)).toEqual({ code: 'UnknownColumn' })
  })
})

describe('extend refuses', () => {
  const row = (): object => ({})
  const cases: [string, unknown, unknown, string[]][] = [
    ['the name of a type', 'Send', {}, ['expected one of send, open, click, ']],
    ['a missing type', undefined, {}, ['expected one of send, open, click, ']],
    ['an extension that is a number', send, 1, ['expected an object']],
    ['an unknown option', send, { column: {} }, ['unknown option "column"; the options are columns, partitionBy, row']],
    ['columns without a row', send, { columns: {} }, ['row: expected a function']],
    ['columns that are a number', send, { columns: 1 }, ['columns: expected an object']],
    ['a row that is not a function', send, { row: {} }, ['row: expected a function, got object']],
    [
      'a column that the table already has',
      send,
      { columns: { tags: {} }, row },
      ['columns.tags: send_log already has a column of'],
    ],
    [
      'a column that is not a column type',
      send,
      { columns: { Tags: {}, x: 1 }, row },
      ['columns.Tags:', 'columns.x: expected a column'],
    ],
  ]

  it.each(cases)('%s', (_, type, extension, expected) => {
    const problems = expected.map((start) => expect.stringContaining(start))
    expect(() => extend(type as never, extension as never)).toThrow(
      expect.objectContaining({ code: 'InvalidTable', problems }),
    )
  })
})
