import { type Column, type RowOf, select } from '../index.ts'
import * as t from '../table/t.ts'
import { defineLog } from './log.ts'
import { type MailColumns, mailValues, selectMail } from './mail.ts'
import type { SesMail } from './message.ts'
import type { SesTable, SesType } from './type.ts'

/** What a contact wants to get. */
export interface SesTopicPreferences {
  readonly unsubscribeAll?: boolean | null | undefined
  readonly topicSubscriptionStatus?: readonly SesTopicStatus[] | null | undefined
  /** The key in AWS's table of default preferences. */
  readonly topicDefaultSubscriptionStatus?: readonly SesTopicStatus[] | null | undefined
}

/** Whether a contact wants to hear of a topic. */
export interface SesTopicStatus {
  readonly topicName?: string | null | undefined
  /** `OptIn` or `OptOut`. */
  readonly subscriptionStatus?: string | null | undefined
}

/** How a contact changed what it wants to get. */
export interface SesSubscription {
  /** When it did: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  readonly contactList?: string | null | undefined
  /** Such as `UnsubscribeHeader`. */
  readonly source?: string | null | undefined
  readonly newTopicPreferences?: SesTopicPreferences | null | undefined
  readonly oldTopicPreferences?: SesTopicPreferences | null | undefined
}

/** A contact changed its preferences by a link or a header of a message. */
export interface SesSubscriptionEvent {
  readonly eventType: 'Subscription'
  readonly mail: SesMail
  readonly subscription: SesSubscription
}

type SubscriptionColumns = MailColumns & {
  readonly contact_list: Column<string | null>
  readonly source: Column<string | null>
  readonly new_topic_preferences: Column<t.JsonInput | null>
  readonly old_topic_preferences: Column<t.JsonInput | null>
}

/** One row for each change of preferences. */
export const subscriptionLog: SesTable<SubscriptionColumns> = /* @__PURE__ */ defineLog('subscription_log', () => ({
  contact_list: t.nullable(t.string({ doc: 'The list that the contact is on' })),
  source: t.nullable(t.string({ doc: 'Where it was changed, such as UnsubscribeHeader' })),
  new_topic_preferences: t.nullable(t.json({ doc: 'What the contact wants now: a JSON object' })),
  old_topic_preferences: t.nullable(t.json({ doc: 'What it wanted before: a JSON object' })),
}))

/** Makes the row of a Subscription event. */
export function toSubscriptionRow(event: SesSubscriptionEvent): RowOf<typeof subscriptionLog> {
  const { subscription: change } = event
  return {
    event_type: 'Subscription',
    ...mailValues(event, change?.timestamp),
    contact_list: change?.contactList ?? null,
    source: change?.source ?? null,
    new_topic_preferences: change?.newTopicPreferences ?? null,
    old_topic_preferences: change?.oldTopicPreferences ?? null,
  }
}

const selection = /* @__PURE__ */ selectMail('Subscription', {
  timestamp: 'subscription.timestamp',
  contact_list: 'subscription.contactList',
  source: 'subscription.source',
  new_topic_preferences: 'subscription.newTopicPreferences',
  old_topic_preferences: 'subscription.oldTopicPreferences',
})

/** Subscription events and their table. */
export const subscription: SesType<SesSubscriptionEvent, typeof subscriptionLog> = {
  eventType: 'Subscription',
  table: subscriptionLog,
  transform: /* @__PURE__ */ select(selection),
}
