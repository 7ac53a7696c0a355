import * as fc from 'fast-check'
import type {
  SesClickEvent,
  SesInteraction,
  SesOpenEvent,
  SesSubscription,
  SesSubscriptionEvent,
  SesTopicPreferences,
} from '../ses/index.ts'
import { hostileStrings, mails, orNull, tagMaps, timestamps } from './arbitrary-ses-mail.ts'

/** Open events, as `sesEvents` makes them. */
export function sesOpenEvents(): fc.Arbitrary<SesOpenEvent> {
  return fc.record({ eventType: fc.constant('Open' as const), mail: mails(), open: interactions() })
}

/** Click events, as `sesEvents` makes them. */
export function sesClickEvents(): fc.Arbitrary<SesClickEvent> {
  const links = fc.record({ link: orNull(hostileStrings()), linkTags: orNull(tagMaps()) }, { requiredKeys: [] })
  const clicks = fc.tuple(interactions(), links).map(([interaction, link]) => ({ ...interaction, ...link }))
  return fc.record({ eventType: fc.constant('Click' as const), mail: mails(), click: clicks })
}

/** Subscription events, as `sesEvents` makes them. */
export function sesSubscriptionEvents(): fc.Arbitrary<SesSubscriptionEvent> {
  return fc.record({ eventType: fc.constant('Subscription' as const), mail: mails(), subscription: subscriptions() })
}

function interactions(): fc.Arbitrary<SesInteraction> {
  const model = { timestamp: timestamps(), ipAddress: orNull(fc.ipV4()), userAgent: orNull(hostileStrings()) }
  return fc.record(model, { requiredKeys: ['timestamp'] })
}

function subscriptions(): fc.Arbitrary<SesSubscription> {
  const model = {
    timestamp: timestamps(),
    contactList: orNull(hostileStrings()),
    source: orNull(fc.constantFrom('UnsubscribeHeader', 'UnsubscribeLink')),
    newTopicPreferences: orNull(preferences()),
    oldTopicPreferences: orNull(preferences()),
  }
  return fc.record(model, { requiredKeys: ['timestamp'] })
}

function preferences(): fc.Arbitrary<SesTopicPreferences> {
  const topic = { topicName: orNull(hostileStrings()), subscriptionStatus: orNull(fc.constantFrom('OptIn', 'OptOut')) }
  const topics = orNull(fc.array(fc.record(topic, { requiredKeys: [] }), { maxLength: 3 }))
  const model = { unsubscribeAll: orNull(fc.boolean()), topicSubscriptionStatus: topics }
  return fc.record(model, { requiredKeys: [] })
}
