import { IcebergRouterError } from 'firehose-iceberg-router'
import {
  allEvents,
  bounce,
  createSesRouter,
  extend,
  renderingFailure,
  type SesRouterOptions,
  send,
} from 'firehose-iceberg-router/ses'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'
import { tablesByType } from './types.ts'

const silent = { database: 'email_event', onBatch: () => undefined }
const at = '2026-01-12T08:15:02.645Z'
const mail = { messageId: 'm-1', timestamp: at }
const types = Object.keys(tablesByType)

/** An event of a type with nothing but what it needs. */
function bare(type: string): object {
  const payload = tablesByType[type]?.payload ?? ''
  return { eventType: type, mail, [payload]: { timestamp: at } }
}

async function endsOf(options: object, events: readonly object[]): Promise<string[]> {
  const { outcomes } = await createSesRouter({ ...silent, ...options }).runBatch(createFirehoseEvent(events))
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
    const events = [renderingFailure, bounce]
    const { tables } = createSesRouter({ ...silent, events }).handler()
    expect(tables.map(({ name }) => name)).toEqual(['rendering_failure_log', 'bounce_log'])
    expect(await endsOf({ events }, ['Bounce', 'Send', 'Rendering Failure'].map(bare))).toEqual([
      'bounce_log',
      'NoRoute',
      'rendering_failure_log',
    ])
  })

  it('all ten are those that SES has', async () => {
    expect(allEvents.map(({ eventType }) => eventType).sort()).toEqual([...types].sort())
    expect(await endsOf({ events: allEvents }, types.map(bare))).toEqual(types.map((type) => tablesByType[type]?.table))
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
    expect(await endsOf({ events: allEvents }, batch)).toEqual(codes.flatMap((code) => [code, 'send_log']))
  })

  it('is dropped where the router says so', async () => {
    const router = createSesRouter({ ...silent, events: allEvents }).otherwise('drop')
    const { outcomes } = await router.runBatch(createFirehoseEvent(strangers))
    expect(outcomes.map(({ status }) => status)).toEqual(strangers.map(() => 'dropped'))
  })
})

describe('notificationType', () => {
  it.each(types)('names %s where there is no eventType, and the row says the type', async (type) => {
    for (const none of [{}, { eventType: null }]) {
      const { eventType, ...rest } = { ...bare(type), eventType: undefined }
      const event = { ...none, ...rest, notificationType: type }
      const { outcomes } = await createSesRouter({ ...silent, events: allEvents }).runBatch(
        createFirehoseEvent([event]),
      )
      expect(outcomes).toMatchObject([{ status: 'delivered', table: tablesByType[type]?.table, route: type }])
      const [outcome] = outcomes
      expect(JSON.parse(outcome?.status === 'delivered' ? outcome.row : '{}').event_type).toBe(type)
    }
  })

  it('an extension gets such an event with its eventType', async () => {
    const seen: string[] = []
    const events = [extend(bounce, { row: ({ eventType }) => ({ feedback_id: `${seen.push(eventType)}` }) })]
    await endsOf({ events }, [{ ...bare('Bounce'), eventType: null, notificationType: 'Bounce' }])
    expect(seen).toEqual(['Bounce'])
  })
})

describe('options', () => {
  const cases: [string, object, string[]][] = [
    [
      'no list',
      { events: 'all' },
      ['events: expected a list such as allEvents, which firehose-iceberg-router/ses exports'],
    ],
    ['an empty list', { events: [] }, ['events: expected a list']],
    [
      'names',
      { events: ['Bounce', send, 'Rendering Failure'] },
      [
        'subscription, which firehose-iceberg-router/ses exports, got "Bounce"',
        'events[2]: expected one of send, open, click, delivery, bounce, ',
      ],
    ],
    [
      'what is none',
      { events: ['Sent', 7, null] },
      [0, 1, 2].map((at) => `events[${at}]: expected one of send, open, `),
    ],
    ['a type twice', { events: [send, extend(send, {})] }, ['events[1]: "Send" stands there twice']],
    ['extensions by name', { extend: { Send: {} }, rowPer: 1 }, ['unknown option "extend"', 'rowPer']],
    ['rows per something', { rowPer: 'day' }, ['rowPer: expected "event" or "recipient"']],
    ['rows per recipient without a stream', { rowPer: 'recipient' }, ['rowPer: "recipient" makes several rows']],
  ]

  it.each(cases)('refuse %s', (_, options, expected) => {
    expect(problemsOf(options)).toEqual(expected.map((start) => expect.stringContaining(start)))
  })

  it('all problems are in one error, those of the router too', () => {
    const options = { database: 'No', banana: 1, events: ['Sent'], rowPer: 1 }
    const starts = problemsOf(options).map((problem) => problem.split(/[:[ ]/, 1)[0])
    expect(starts).toEqual(['unknown', 'database', 'events', 'rowPer'])
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
  const [first, ...others] = allEvents
  expect(await endsOf({ events: others }, [bare(first.eventType)])).toEqual(['NoRoute'])
})
