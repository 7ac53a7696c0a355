import { type Column, select } from '../index.ts'
import * as t from '../table/t.ts'
import { defineLog } from './define-log.ts'
import type { SesMail } from './mail.ts'
import { type MailColumns, selectMail } from './mail-columns.ts'
import type { SesTable, SesType } from './type.ts'

/** The topics that a contact wants to receive. */
export interface SesTopicPreferences {
  readonly unsubscribeAll?: boolean | null | undefined
  readonly topicSubscriptionStatus?: readonly SesTopicStatus[] | null | undefined
  /** The default preferences, as AWS's documentation names them. */
  readonly topicDefaultSubscriptionStatus?: readonly SesTopicStatus[] | null | undefined
}

/** Whether a contact receives a topic. */
export interface SesTopicStatus {
  readonly topicName?: string | null | undefined
  /** `OptIn` or `OptOut`. */
  readonly subscriptionStatus?: string | null | undefined
}

/** How a contact changed its preferences. */
export interface SesSubscription {
  /** When it changed them: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  readonly contactList?: string | null | undefined
  /** Such as `UnsubscribeHeader`. */
  readonly source?: string | null | undefined
  readonly newTopicPreferences?: SesTopicPreferences | null | undefined
  readonly oldTopicPreferences?: SesTopicPreferences | null | undefined
}

/** A contact changed its preferences with a link or a header of a message. */
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
  source: t.nullable(t.string({ doc: 'How it was changed, such as UnsubscribeHeader' })),
  new_topic_preferences: t.nullable(t.json({ doc: 'The new preferences: a JSON object' })),
  old_topic_preferences: t.nullable(t.json({ doc: 'The old preferences: a JSON object' })),
}))

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
