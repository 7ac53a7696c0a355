import { IcebergRouterError } from 'firehose-iceberg-router'
import { createSesRouter, type SesRouterOptions } from 'firehose-iceberg-router/ses'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'
import { tablesByType } from './types.ts'

const silent = { database: 'email_event', onBatch: () => undefined }
const at = '2026-01-12T08:15:02.645Z'
const mail = { messageId: 'm-1', timestamp: at }
const types = Object.keys(tablesByType)
const [first = '', ...others] = types

/** An event of a type with nothing but what it needs. */
function bare(type: string): object {
  const payload = tablesByType[type]?.payload ?? ''
  return { eventType: type, mail, [payload]: { timestamp: at } }
}

async function endsOf(options: object, events: readonly object[]): Promise<string[]> {
  const { outcomes } = await createSesRouter({ ...silent, ...options }).process(createFirehoseEvent(events))
  return outcomes.map((outcome) => {
    return outcome.status === 'failed'
      ? outcome.failure.code
      : outcome.status === 'delivered'
        ? outcome.table
        : 'dropped'
  })
}

describe('events', () => {
  it('by default Send, Open and Click have a table', async () => {
    expect(
      createSesRouter(silent)
        .handler()
        .tables.map(({ name }) => name),
    ).toEqual(['send_log', 'open_log', 'click_log'])
    const known = ['Send', 'Open', 'Click']
    const expected = types.map((type) => (known.includes(type) ? tablesByType[type]?.table : 'NoRoute'))
    expect(await endsOf({}, types.map(bare))).toEqual(expected)
  })

  it('a list chooses, in its order', async () => {
    const events = ['Rendering Failure', 'Bounce'] as const
    const { tables } = createSesRouter({ ...silent, events }).handler()
    expect(tables.map(({ name }) => name)).toEqual(['rendering_failure_log', 'bounce_log'])
    expect(await endsOf({ events }, ['Bounce', 'Send', 'Rendering Failure'].map(bare))).toEqual([
      'bounce_log',
      'NoRoute',
      'rendering_failure_log',
    ])
  })

  it('"all" means all ten', async () => {
    expect(types.length).toBe(10)
    expect(await endsOf({ events: 'all' }, types.map(bare))).toEqual(types.map((type) => tablesByType[type]?.table))
  })
})

describe('what has no table', () => {
  const strangers = [
    { eventType: 'Forwarded', mail, forwarded: { timestamp: at } },
    { eventType: 'RenderingFailure', mail, failure: {} },
    { eventType: 'send', mail, send: {} },
    { eventType: ['Send'], mail },
    { eventType: 'Forwarded', notificationType: 'Bounce', mail, bounce: { timestamp: at } },
    { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'ok' },
    { mail, bounce: { timestamp: at } },
    { eventType: 'constructor', mail },
  ]
  const codes = strangers.map(() => 'NoRoute')

  it('fails, and its neighbours are delivered', async () => {
    const batch = strangers.flatMap((stranger) => [stranger, bare('Send')])
    expect(await endsOf({ events: 'all' }, batch)).toEqual(codes.flatMap((code) => [code, 'send_log']))
  })

  it('is dropped where the router says so', async () => {
    const router = createSesRouter({ ...silent, events: 'all' }).otherwise('drop')
    const { outcomes } = await router.process(createFirehoseEvent(strangers))
    expect(outcomes.map(({ status }) => status)).toEqual(strangers.map(() => 'dropped'))
  })
})

describe('notificationType', () => {
  it.each(types)('names %s where there is no eventType, and the row says the type', async (type) => {
    for (const none of [{}, { eventType: null }]) {
      const { eventType, ...rest } = { ...bare(type), eventType: undefined }
      const event = { ...none, ...rest, notificationType: type }
      const { outcomes } = await createSesRouter({ ...silent, events: 'all' }).process(createFirehoseEvent([event]))
      expect(outcomes).toMatchObject([{ status: 'delivered', table: tablesByType[type]?.table, route: type }])
      const [outcome] = outcomes
      expect(JSON.parse(outcome?.status === 'delivered' ? outcome.row : '{}').event_type).toBe(type)
    }
  })

  it('an extension gets such an event with its eventType', async () => {
    const seen: string[] = []
    const extend = {
      Bounce: { row: (event: { eventType: string }) => ({ feedback_id: `${seen.push(event.eventType)}` }) },
    }
    await endsOf({ events: ['Bounce'], extend }, [{ ...bare('Bounce'), eventType: null, notificationType: 'Bounce' }])
    expect(seen).toEqual(['Bounce'])
  })
})

describe('options', () => {
  const cases: [string, object, string[]][] = [
    ['no list', { events: 'Send' }, ['events: expected "all" or a list']],
    ['an empty list', { events: [] }, ['events: expected "all" or a list']],
    ['unknown names', { events: ['Sent', 'Send', 7] }, ['events[0]: expected one of', 'events[2]: expected one of']],
    ['a name twice', { events: ['Send', 'Send'] }, ['events[1]: "Send" stands there twice']],
    ['extensions of another kind', { extend: 'all' }, ['extend: expected an object']],
    ['an unknown type to extend', { extend: { Sent: {} } }, ['extend: expected one of']],
    ['a type that is not there', { extend: { Bounce: {} } }, ['extend: there is no "Bounce" to extend; add it']],
    ['an extension that is none', { extend: { Send: 1 } }, ['extend.Send: expected an object']],
    ['an unknown setting', { extend: { Send: { column: {} } } }, ['extend.Send: unknown option "column"']],
    ['columns without values', { extend: { Send: { columns: {} } } }, ['extend.Send: row: expected a function']],
    ['a row that is no function', { extend: { Send: { row: {} } } }, ['extend.Send: row: expected a function']],
    [
      'a column that is there',
      { extend: { Send: { columns: { tags: {} }, row: () => ({}) } } },
      ['extend.Send: columns.tags: send_log has a column of that name'],
    ],
    [
      'a column that is none',
      { extend: { Send: { columns: { Tags: {}, x: 1 }, row: () => ({}) } } },
      ['extend.Send: columns.Tags:', 'extend.Send: columns.x: expected a column'],
    ],
    ['rows per something', { rowPer: 'day' }, ['rowPer: expected "event" or "recipient"']],
    ['rows per recipient without a stream', { rowPer: 'recipient' }, ['rowPer: "recipient" makes several rows']],
  ]

  it.each(cases)('refuse %s', (_, options, expected) => {
    expect(problemsOf(options)).toEqual(expected.map((start) => expect.stringContaining(start)))
  })

  it('all problems are in one error, those of the router too', () => {
    const options = { database: 'No', banana: 1, events: ['Sent'], extend: { Send: 1 }, rowPer: 1 }
    expect(problemsOf(options).map((problem) => problem.split(/[:[ ]/, 1)[0])).toEqual([
      'unknown',
      'database',
      'events',
      'extend',
      'rowPer',
    ])
  })

  it('the router refuses its own unknown options as ever', () => {
    const options = { ...silent, banana: 1 } as SesRouterOptions
    expect(() => createSesRouter(options).handler()).toThrow(/unknown option "banana"/)
  })
})

function problemsOf(options: object): readonly string[] {
  try {
    createSesRouter({ ...silent, ...options } as SesRouterOptions)
  } catch (error) {
    if (error instanceof IcebergRouterError && error.code === 'InvalidRouter') return error.problems
  }
  throw new Error('expected the options to be refused')
}

it('one event type less than all is no route for the one', async () => {
  expect(await endsOf({ events: others }, [bare(first)])).toEqual(['NoRoute'])
})
