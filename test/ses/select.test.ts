import * as fc from 'fast-check'
import {
  click,
  createSesRouter,
  extend,
  open,
  reject,
  renderingFailure,
  send,
  subscription,
} from 'firehose-iceberg-router/ses'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { sesEvents } from 'firehose-iceberg-router/testing/arbitraries'
import { expect, it } from 'vitest'
import { runs } from '../support/runs.ts'
import { createRouterByHand } from './by-hand.ts'

const options = { database: 'email_event', onBatch: () => undefined }
const TYPES = [send, open, click, reject, renderingFailure, subscription]

const byHand = createRouterByHand(options)

/** An extension that changes nothing: the row comes from the plain engine of `select`. */
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

/** A field of an event that one of those routers reads. */
function parts(): fc.Arbitrary<string> {
  const mail = ['mail', 'messageId', 'timestamp', 'headers', 'name', 'value', 'commonHeaders', 'from', 'to', 'source']
  const others = ['destination', 'tags', 'open', 'click', 'ipAddress', 'userAgent', 'link', 'linkTags', 'reject']
  return fc.constantFrom(...mail, ...others, 'reason', 'failure', 'subscription', 'contactList', 'eventType')
}

const HOLE = '(junk)'

it.each(['selected', 'extended'] as const)(
  '%s types give the same rows and failures as functions written by hand',
  async (name) => {
    await fc.assert(
      fc.asyncProperty(sesEvents(), parts(), fc.jsonValue(), async (good, part, junk) => {
        // Replacing the hole in the text leaves keys inside the junk alone.
        const holes = JSON.stringify(good, (key, value) => (key === part ? HOLE : value))
        const odd = holes.replaceAll(JSON.stringify(HOLE), () => JSON.stringify(junk))
        const event = createFirehoseEvent([good, odd])
        const [expected, actual] = [await byHand.runBatch(event), await routers[name].runBatch(event)]
        expect(actual.response).toEqual(expected.response)
        expect(actual.outcomes).toEqual(expected.outcomes)
      }),
      { numRuns: runs(1000) },
    )
  },
)
