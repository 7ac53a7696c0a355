import * as fc from 'fast-check'
import type { SesEvent, SesRejectEvent, SesRenderingFailureEvent, SesSendEvent } from '../ses/index.ts'
import { sesClickEvents, sesOpenEvents, sesSubscriptionEvents } from './arbitrary-ses-activity.ts'
import {
  sesBounceEvents,
  sesComplaintEvents,
  sesDeliveryDelayEvents,
  sesDeliveryEvents,
} from './arbitrary-ses-feedback.ts'
import { hostileStrings, mails, orNull } from './arbitrary-ses-mail.ts'

/**
 * Events of all ten types, according to AWS's tables of fields. Every optional field is present, null or missing; header names
 * are in upper or lower case and may repeat; strings are hostile. A router can deliver all of them.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
export function sesEvents(): fc.Arbitrary<SesEvent> {
  return fc.oneof(
    sesSendEvents(),
    sesDeliveryEvents(),
    sesBounceEvents(),
    sesComplaintEvents(),
    sesRejectEvents(),
    sesOpenEvents(),
    sesClickEvents(),
    sesRenderingFailureEvents(),
    sesDeliveryDelayEvents(),
    sesSubscriptionEvents(),
  )
}

/** Send events, as {@link sesEvents} makes them. */
export function sesSendEvents(): fc.Arbitrary<SesSendEvent> {
  const model = { eventType: fc.constant('Send' as const), mail: mails(), send: orNull(fc.constant({})) }
  return fc.record(model, { requiredKeys: ['eventType', 'mail'] })
}

/** Reject events, as {@link sesEvents} makes them. */
export function sesRejectEvents(): fc.Arbitrary<SesRejectEvent> {
  const reject = fc.record({ reason: orNull(hostileStrings()) }, { requiredKeys: [] })
  const model = { eventType: fc.constant('Reject' as const), mail: mails(), reject: orNull(reject) }
  return fc.record(model, { requiredKeys: ['eventType', 'mail'] })
}

/** Rendering Failure events, as {@link sesEvents} makes them. */
export function sesRenderingFailureEvents(): fc.Arbitrary<SesRenderingFailureEvent> {
  const fields = { templateName: orNull(hostileStrings()), errorMessage: orNull(hostileStrings()) }
  const failure = orNull(fc.record(fields, { requiredKeys: [] }))
  const model = { eventType: fc.constant('Rendering Failure' as const), mail: mails(), failure }
  return fc.record(model, { requiredKeys: ['eventType', 'mail'] })
}
