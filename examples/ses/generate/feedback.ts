import type { GeneratedEvent } from './event.ts'
import { iso } from './mail.ts'
import { hex, type Random } from './random.ts'

/** Feedback events for each send; needed to estimate the number of sends for a number of lines. */
export const FEEDBACK_RATE = 1.02

const HOUR_MS = 3600 * 1000

/** The feedback for a message: the result of its delivery, and sometimes a complaint or an unsubscription. */
export function* createFeedback(mail: object, to: string, atMs: number, random: Random): Generator<GeneratedEvent> {
  const timestamp = iso(atMs)
  const id = { feedbackId: `0100${hex(random)}-${hex(random)}-000000`, timestamp }
  const chance = random()
  const late = { delayType: 'MailboxFull', delayedRecipients: [{ emailAddress: to }], timestamp }
  if (chance < 0.01) yield event('Reject', mail, { reject: { reason: 'Bad content' } })
  else if (chance < 0.02) yield event('Rendering Failure', mail, { failure: { templateName: 'welcome' } })
  else if (chance < 0.08) {
    const bouncedRecipients = [{ emailAddress: to, action: 'failed', status: '5.1.1' }]
    const bounce = { ...id, bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients }
    yield event('Bounce', mail, { bounce })
  } else if (chance < 0.11) {
    yield event('DeliveryDelay', mail, { deliveryDelay: { ...late, expirationTime: iso(atMs + 14 * HOUR_MS) } })
  } else {
    const processingTimeMillis = 300 + Math.floor(random() * 2000)
    yield event('Delivery', mail, { delivery: { timestamp, processingTimeMillis, recipients: [to] } })
    if (chance < 0.12) {
      const complaint = { ...id, complainedRecipients: [{ emailAddress: to }], complaintFeedbackType: 'abuse' }
      yield event('Complaint', mail, { complaint })
    } else if (chance < 0.13) {
      const newTopicPreferences = { unsubscribeAll: true }
      yield event('Subscription', mail, { subscription: { contactList: 'readers', timestamp, newTopicPreferences } })
    }
  }
}

function event(eventType: GeneratedEvent['eventType'], mail: object, payload: object): GeneratedEvent {
  return { eventType, mail, ...payload }
}
