import * as z from 'zod'
import { outdatedPeer } from '../peer.ts'
import type { SesBounceEvent } from './bounce.ts'
import type { SesClickEvent } from './click.ts'
import type { SesComplaintEvent } from './complaint.ts'
import type { SesDeliveryEvent } from './delivery.ts'
import type { SesDeliveryDelayEvent } from './delivery-delay.ts'
import type { SesOpenEvent } from './open.ts'
import type { SesRejectEvent } from './reject.ts'
import type { SesRenderingFailureEvent } from './rendering-failure.ts'
import type { SesSendEvent } from './send.ts'
import type { SesEvent } from './ses-event.ts'
import type { SesSubscriptionEvent } from './subscription.ts'

// Strict about fields that become columns, lenient about all others: a field that SES adds must not fail an event. Fields
// that no column needs (sourceArn, cc, …) are not checked. Zod leaves out keys named __proto__, in tags too.

if (typeof z.looseObject !== 'function') {
  const user = 'firehose-iceberg-router/ses/schemas'
  throw outdatedPeer({ user, name: 'zod', install: 'npm install zod@4' }, '4')
}

const string = z.string().nullish()
const timestamp = z.iso.datetime({ offset: true })
const tags = z.record(z.string(), z.array(z.string()))
const addresses = z.array(z.string())
const recipients = z.array(z.looseObject({ emailAddress: z.string() })).nullish()
const preferences = z.looseObject({}).nullish()

const mail = z.looseObject({
  messageId: z.string(),
  timestamp,
  source: string,
  destination: addresses.nullish(),
  headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).nullish(),
  commonHeaders: z.looseObject({ from: addresses.nullish(), to: addresses.nullish() }).nullish(),
  tags: tags.nullish(),
})

const interaction = z.looseObject({ timestamp, ipAddress: string, userAgent: string })

const send = z.looseObject({ eventType: z.literal('Send'), mail })

const delivery = z.looseObject({
  eventType: z.literal('Delivery'),
  mail,
  delivery: z.looseObject({
    timestamp,
    processingTimeMillis: z.union([z.int(), z.int64()]).nullish(),
    recipients: addresses.nullish(),
    smtpResponse: string,
    reportingMTA: string,
    remoteMtaIp: string,
  }),
})

const bounce = z.looseObject({
  eventType: z.literal('Bounce'),
  mail,
  bounce: z.looseObject({
    timestamp,
    bounceType: string,
    bounceSubType: string,
    bouncedRecipients: recipients,
    feedbackId: string,
    reportingMTA: string,
    remoteMtaIp: string,
  }),
})

const complaint = z.looseObject({
  eventType: z.literal('Complaint'),
  mail,
  complaint: z.looseObject({
    timestamp,
    complainedRecipients: recipients,
    feedbackId: string,
    complaintSubType: string,
    userAgent: string,
    complaintFeedbackType: string,
    arrivalDate: timestamp.nullish(),
  }),
})

const reject = z.looseObject({
  eventType: z.literal('Reject'),
  mail,
  reject: z.looseObject({ reason: string }).nullish(),
})

const open = z.looseObject({ eventType: z.literal('Open'), mail, open: interaction })

const click = z.looseObject({
  eventType: z.literal('Click'),
  mail,
  click: interaction.extend({ link: string, linkTags: tags.nullish() }),
})

const renderingFailure = z.looseObject({
  eventType: z.literal('Rendering Failure'),
  mail,
  failure: z.looseObject({ templateName: string, errorMessage: string }).nullish(),
})

const deliveryDelay = z.looseObject({
  eventType: z.literal('DeliveryDelay'),
  mail,
  deliveryDelay: z.looseObject({
    timestamp,
    delayType: string,
    delayedRecipients: recipients,
    expirationTime: timestamp.nullish(),
    reportingMTA: string,
  }),
})

const subscription = z.looseObject({
  eventType: z.literal('Subscription'),
  mail,
  subscription: z.looseObject({
    timestamp,
    contactList: string,
    source: string,
    newTopicPreferences: preferences,
    oldTopicPreferences: preferences,
  }),
})

/** Copies `notificationType` to a missing `eventType`. */
function named<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>> {
  return z.preprocess((event) => {
    if (typeof event !== 'object' || event === null || !('notificationType' in event)) return event
    const { eventType, notificationType } = event as {
      readonly eventType?: unknown
      readonly notificationType: unknown
    }
    return { ...event, eventType: eventType ?? notificationType }
  }, schema)
}

/** A Zod schema of Send events. The router delivers every event that its schema accepts; this holds for all types. */
export const sendSchema: z.ZodType<SesSendEvent> = named(send)

/** A Zod schema of Delivery events. */
export const deliverySchema: z.ZodType<SesDeliveryEvent> = named(delivery)

/** A Zod schema of Bounce events. */
export const bounceSchema: z.ZodType<SesBounceEvent> = named(bounce)

/** A Zod schema of Complaint events. */
export const complaintSchema: z.ZodType<SesComplaintEvent> = named(complaint)

/** A Zod schema of Reject events. */
export const rejectSchema: z.ZodType<SesRejectEvent> = named(reject)

/** A Zod schema of Open events. */
export const openSchema: z.ZodType<SesOpenEvent> = named(open)

/** A Zod schema of Click events. */
export const clickSchema: z.ZodType<SesClickEvent> = named(click)

/** A Zod schema of Rendering Failure events. */
export const renderingFailureSchema: z.ZodType<SesRenderingFailureEvent> = named(renderingFailure)

/** A Zod schema of DeliveryDelay events. */
export const deliveryDelaySchema: z.ZodType<SesDeliveryDelayEvent> = named(deliveryDelay)

/** A Zod schema of Subscription events. */
export const subscriptionSchema: z.ZodType<SesSubscriptionEvent> = named(subscription)

/**
 * A Zod schema of all ten types, by `eventType`. The output of an event with a `notificationType` has both fields.
 */
export const sesEventSchema: z.ZodType<SesEvent> = named(
  z.discriminatedUnion('eventType', [
    send,
    delivery,
    bounce,
    complaint,
    reject,
    open,
    click,
    renderingFailure,
    deliveryDelay,
    subscription,
  ]),
)
