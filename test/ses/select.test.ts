import * as fc from 'fast-check'
import { createIcebergRouter, type FinishedRouter } from 'firehose-iceberg-router'
import {
  click,
  clickLog,
  createSesRouter,
  extend,
  open,
  openLog,
  reject,
  rejectLog,
  renderingFailure,
  renderingFailureLog,
  send,
  sendLog,
  subscription,
  subscriptionLog,
  toClickRow,
  toOpenRow,
  toRejectRow,
  toRenderingFailureRow,
  toSendRow,
  toSubscriptionRow,
} from 'firehose-iceberg-router/ses'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { sesEvents } from 'firehose-iceberg-router/testing/arbitraries'
import { expect, it } from 'vitest'
import { runs } from '../support/runs.ts'

const options = { database: 'email_event', onBatch: () => undefined }
const TYPES = [send, open, click, reject, renderingFailure, subscription]

/** The types whose rows are selections, with the functions instead, which are there for routes of one's own. */
const functions: FinishedRouter = createIcebergRouter(options)
  .on({ eventType: 'Send' }, { name: 'Send', table: sendLog, transform: (event) => toSendRow(event as never) })
  .on({ eventType: 'Open' }, { name: 'Open', table: openLog, transform: (event) => toOpenRow(event as never) })
  .on({ eventType: 'Click' }, { name: 'Click', table: clickLog, transform: (event) => toClickRow(event as never) })
  .on({ eventType: 'Reject' }, { name: 'Reject', table: rejectLog, transform: (event) => toRejectRow(event as never) })
  .on(
    { eventType: 'Rendering Failure' },
    {
      name: 'Rendering Failure',
      table: renderingFailureLog,
      transform: (event) => toRenderingFailureRow(event as never),
    },
  )
  .on(
    { eventType: 'Subscription' },
    { name: 'Subscription', table: subscriptionLog, transform: (event) => toSubscriptionRow(event as never) },
  )

/** An extension that changes nothing makes a function of the selection. */
const nothing = { row: () => ({}) }
const extended = [
  extend(send, nothing),
  extend(open, nothing),
  extend(click, nothing),
  extend(reject, nothing),
  extend(renderingFailure, nothing),
  extend(subscription, nothing),
]

const routers = {
  selected: createSesRouter({ ...options, events: TYPES }),
  extended: createSesRouter({ ...options, events: extended }),
}

/** Any part of an event that one of those routers reads. */
function parts(): fc.Arbitrary<string> {
  const mail = ['mail', 'messageId', 'timestamp', 'headers', 'name', 'value', 'commonHeaders', 'from', 'to', 'source']
  const others = ['destination', 'tags', 'open', 'click', 'ipAddress', 'userAgent', 'link', 'linkTags', 'reject']
  return fc.constantFrom(...mail, ...others, 'reason', 'failure', 'subscription', 'contactList', 'eventType')
}

const HOLE = '(junk)'

it.each(['selected', 'extended'] as const)('%s rows and failures are those of the functions', async (name) => {
  await fc.assert(
    fc.asyncProperty(sesEvents(), parts(), fc.jsonValue(), async (good, part, junk) => {
      // The junk may have a key of that name itself, which is not replaced again.
      const holes = JSON.stringify(good, (key, value) => (key === part ? HOLE : value))
      const odd = holes.replaceAll(JSON.stringify(HOLE), () => JSON.stringify(junk))
      const event = createFirehoseEvent([good, odd])
      const [expected, actual] = [await functions.runBatch(event), await routers[name].runBatch(event)]
      expect(actual.response).toEqual(expected.response)
      expect(actual.outcomes).toEqual(expected.outcomes)
    }),
    { numRuns: runs(1000) },
  )
})
