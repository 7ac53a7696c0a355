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
import { tablesByType } from './tables-by-type.ts'

const silent = { database: 'email_event', onBatch: () => undefined }
const at = '2026-01-12T08:15:02.645Z'
const mail = { messageId: 'm-1', timestamp: at }
const types = Object.keys(tablesByType)

/** An event of a type with only the fields that it needs. */
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

describe('the events of a router', () => {
  it('are Send, Open and Click by default', async () => {
    expect(
      createSesRouter(silent)
        .handler()
        .tables.map(({ name }) => name),
    ).toEqual(['send_log', 'open_log', 'click_log'])
    const known = ['Send', 'Open', 'Click']
    const expected = types.map((type) => (known.includes(type) ? tablesByType[type]?.table : 'NoRoute'))
    expect(await endsOf({}, types.map(bare))).toEqual(expected)
  })

  it('are those of a list, in its order', async () => {
    const events = [renderingFailure, bounce]
    const { tables } = createSesRouter({ ...silent, events }).handler()
    expect(tables.map(({ name }) => name)).toEqual(['rendering_failure_log', 'bounce_log'])
    expect(await endsOf({ events }, ['Bounce', 'Send', 'Rendering Failure'].map(bare))).toEqual([
      'bounce_log',
      'NoRoute',
      'rendering_failure_log',
    ])
  })

  it('are all that SES publishes with allEvents', async () => {
    expect(allEvents.map(({ eventType }) => eventType).sort()).toEqual([...types].sort())
    expect(await endsOf({ events: allEvents }, types.map(bare))).toEqual(types.map((type) => tablesByType[type]?.table))
  })
})

describe('an event without a table', () => {
  const others = [
    { eventType: 'Forwarded', mail, forwarded: { timestamp: at } },
    { eventType: 'RenderingFailure', mail, failure: {} },
    { eventType: 'send', mail, send: {} },
    { eventType: ['Send'], mail },
    { eventType: 'Forwarded', notificationType: 'Bounce', mail, bounce: { timestamp: at } },
    { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'ok' },
    { mail, bounce: { timestamp: at } },
    { eventType: 'constructor', mail },
  ]
  const codes = others.map(() => 'NoRoute')

  it('fails, and the router delivers its neighbours', async () => {
    const batch = others.flatMap((other) => [other, bare('Send')])
    expect(await endsOf({ events: allEvents }, batch)).toEqual(codes.flatMap((code) => [code, 'send_log']))
  })

  it('is dropped if otherwise is drop', async () => {
    const router = createSesRouter({ ...silent, events: allEvents }).otherwise('drop')
    const { outcomes } = await router.runBatch(createFirehoseEvent(others))
    expect(outcomes.map(({ status }) => status)).toEqual(others.map(() => 'dropped'))
  })
})

describe('notificationType', () => {
  it.each(types)('names the type %s if there is no eventType, and the row has the type', async (type) => {
    for (const missing of [{}, { eventType: null }]) {
      const { eventType, ...rest } = { ...bare(type), eventType: undefined }
      const event = { ...missing, ...rest, notificationType: type }
      const { outcomes } = await createSesRouter({ ...silent, events: allEvents }).runBatch(
        createFirehoseEvent([event]),
      )
      expect(outcomes).toMatchObject([{ status: 'delivered', table: tablesByType[type]?.table, route: type }])
      const [outcome] = outcomes
      expect(JSON.parse(outcome?.status === 'delivered' ? outcome.row : '{}').event_type).toBe(type)
    }
  })

  it('becomes the eventType of the event that an extension gets', async () => {
    const seen: string[] = []
    const events = [extend(bounce, { row: ({ eventType }) => ({ feedback_id: `${seen.push(eventType)}` }) })]
    await endsOf({ events }, [{ ...bare('Bounce'), eventType: null, notificationType: 'Bounce' }])
    expect(seen).toEqual(['Bounce'])
  })
})

describe('createSesRouter refuses', () => {
  const cases: [string, object, string[]][] = [
    [
      'events that are not a list',
      { events: 'all' },
      ['events: expected a list of event types such as allEvents, which firehose-iceberg-router/ses exports'],
    ],
    ['an empty list of events', { events: [] }, ['events: expected a list']],
    [
      'names of event types',
      { events: ['Bounce', send, 'Rendering Failure'] },
      [
        'subscription, which firehose-iceberg-router/ses exports, got "Bounce"',
        'events[2]: expected one of send, open, click, delivery, bounce, ',
      ],
    ],
    [
      'values that are not event types',
      { events: ['Sent', 7, null] },
      [0, 1, 2].map((at) => `events[${at}]: expected one of send, open, `),
    ],
    ['a type twice', { events: [send, extend(send, {})] }, ['events[1]: "Send" appears twice']],
    ['an unknown option', { extend: { Send: {} }, rowPer: 1 }, ['unknown option "extend"', 'rowPer']],
    ['an unknown rowPer', { rowPer: 'day' }, ['rowPer: expected "event" or "recipient"']],
    ['rowPer recipient without a reingest target', { rowPer: 'recipient' }, ['rowPer: "recipient" makes several rows']],
  ]

  it.each(cases)('%s', (_, options, expected) => {
    expect(problemsOf(options)).toEqual(expected.map((start) => expect.stringContaining(start)))
  })

  it('all problems in one error, including those of the router', () => {
    const options = { database: 'No', banana: 1, events: ['Sent'], rowPer: 1 }
    const starts = problemsOf(options).map((problem) => problem.split(/[:[ ]/, 1)[0])
    expect(starts).toEqual(['unknown', 'database', 'events', 'rowPer'])
  })

  it('unknown options of the router when the handler is made', () => {
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

it('a type that is left out of allEvents has no route', async () => {
  const [first, ...others] = allEvents
  expect(await endsOf({ events: others }, [bare(first.eventType)])).toEqual(['NoRoute'])
})
