import * as fc from 'fast-check'
import type {
  SesBounce,
  SesBounceEvent,
  SesComplaint,
  SesComplaintEvent,
  SesDelivery,
  SesDeliveryDelay,
  SesDeliveryDelayEvent,
  SesDeliveryEvent,
} from '../ses/index.ts'
import { addresses, hostileStrings, mails, orNull, timestamps } from './arbitrary-ses-mail.ts'

const BOUNCE_SUB_TYPES = [
  'Undetermined',
  'General',
  'NoEmail',
  'Suppressed',
  'OnAccountSuppressionList',
  'OnTenantSuppressionList',
  'EmailValidationSuppressed',
  'UnsubscribedRecipient',
  'MailboxFull',
  'MessageTooLarge',
  'ContentRejected',
  'AttachmentRejected',
  'CustomTimeoutExceeded',
] as const

/** Delivery events, as `sesEvents` makes them. */
export function sesDeliveryEvents(): fc.Arbitrary<SesDeliveryEvent> {
  return fc.record({ eventType: fc.constant('Delivery' as const), mail: mails(), delivery: deliveries() })
}

/** Bounce events, as `sesEvents` makes them. */
export function sesBounceEvents(): fc.Arbitrary<SesBounceEvent> {
  return fc.record({ eventType: fc.constant('Bounce' as const), mail: mails(), bounce: bounces() })
}

/** Complaint events, as `sesEvents` makes them. */
export function sesComplaintEvents(): fc.Arbitrary<SesComplaintEvent> {
  return fc.record({ eventType: fc.constant('Complaint' as const), mail: mails(), complaint: complaints() })
}

/** DeliveryDelay events, as `sesEvents` makes them. */
export function sesDeliveryDelayEvents(): fc.Arbitrary<SesDeliveryDelayEvent> {
  return fc.record({ eventType: fc.constant('DeliveryDelay' as const), mail: mails(), deliveryDelay: delays() })
}

function deliveries(): fc.Arbitrary<SesDelivery> {
  const model = {
    timestamp: timestamps(),
    processingTimeMillis: orNull(fc.maxSafeNat()),
    recipients: orNull(addresses()),
    smtpResponse: orNull(hostileStrings()),
    reportingMTA: orNull(hostileStrings()),
    remoteMtaIp: orNull(fc.ipV4()),
  }
  return fc.record(model, { requiredKeys: ['timestamp'] })
}

function bounces(): fc.Arbitrary<SesBounce> {
  const recipient = { emailAddress: hostileStrings(), action: orNull(fc.constant('failed')), ...diagnosis() }
  const model = {
    timestamp: timestamps(),
    bounceType: orNull(fc.constantFrom('Undetermined', 'Permanent', 'Transient')),
    bounceSubType: orNull(fc.oneof(fc.constantFrom(...BOUNCE_SUB_TYPES), hostileStrings())),
    bouncedRecipients: orNull(fc.array(fc.record(recipient, { requiredKeys: ['emailAddress'] }), { maxLength: 3 })),
    feedbackId: orNull(hostileStrings()),
    reportingMTA: orNull(hostileStrings()),
    remoteMtaIp: orNull(fc.ipV4()),
  }
  return fc.record(model, { requiredKeys: ['timestamp'] })
}

function complaints(): fc.Arbitrary<SesComplaint> {
  const model = {
    timestamp: timestamps(),
    complainedRecipients: orNull(fc.array(fc.record({ emailAddress: hostileStrings() }), { maxLength: 3 })),
    feedbackId: orNull(hostileStrings()),
    complaintSubType: orNull(fc.constantFrom('OnAccountSuppressionList', 'OnTenantSuppressionList')),
    userAgent: orNull(hostileStrings()),
    complaintFeedbackType: orNull(fc.constantFrom('abuse', 'auth-failure', 'fraud', 'not-spam', 'other', 'virus')),
    arrivalDate: orNull(timestamps()),
  }
  return fc.record(model, { requiredKeys: ['timestamp'] })
}

function delays(): fc.Arbitrary<SesDeliveryDelay> {
  const recipient = { emailAddress: hostileStrings(), ...diagnosis() }
  const model = {
    timestamp: timestamps(),
    delayType: orNull(fc.constantFrom('InternalFailure', 'General', 'MailboxFull', 'SpamDetected', 'IPFailure')),
    delayedRecipients: orNull(fc.array(fc.record(recipient, { requiredKeys: ['emailAddress'] }), { maxLength: 3 })),
    expirationTime: orNull(timestamps()),
    reportingMTA: orNull(hostileStrings()),
  }
  return fc.record(model, { requiredKeys: ['timestamp'] })
}

interface Diagnosis {
  readonly status: fc.Arbitrary<string | null>
  readonly diagnosticCode: fc.Arbitrary<string | null>
}

function diagnosis(): Diagnosis {
  return { status: orNull(fc.constantFrom('5.1.1', '4.4.1')), diagnosticCode: orNull(hostileStrings()) }
}
