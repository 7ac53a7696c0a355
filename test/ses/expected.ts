import type { SesEvent } from 'firehose-iceberg-router/ses'

/** A table, and the expected row as JSON. */
export interface ExpectedAnswer {
  readonly table: string
  readonly row: object
}

/** The mapping of all event types, written independently from the documentation. */
export function expectedAnswer(event: SesEvent): ExpectedAnswer {
  switch (event.eventType) {
    case 'Send':
      return { table: 'send_log', row: head(event, event.mail.timestamp) }
    case 'Delivery': {
      const { delivery } = event
      const answer = {
        processing_time_ms: plain(delivery.processingTimeMillis),
        smtp_response: plain(delivery.smtpResponse),
      }
      const servers = { reporting_mta: plain(delivery.reportingMTA), remote_mta_ip: plain(delivery.remoteMtaIp) }
      const row = { ...head(event, delivery.timestamp), ...people(delivery.recipients), ...answer, ...servers }
      return { table: 'delivery_log', row }
    }
    case 'Bounce': {
      const { bounce } = event
      const kind = { bounce_type: plain(bounce.bounceType), bounce_sub_type: plain(bounce.bounceSubType) }
      const servers = { reporting_mta: plain(bounce.reportingMTA), remote_mta_ip: plain(bounce.remoteMtaIp) }
      const id = { feedback_id: plain(bounce.feedbackId) }
      const row = { ...head(event, bounce.timestamp), ...people(bounce.bouncedRecipients), ...kind, ...id, ...servers }
      return { table: 'bounce_log', row }
    }
    case 'Complaint': {
      const { complaint } = event
      const row = {
        ...head(event, complaint.timestamp),
        ...people(complaint.complainedRecipients),
        complaint_sub_type: plain(complaint.complaintSubType),
        complaint_feedback_type: plain(complaint.complaintFeedbackType),
        feedback_id: plain(complaint.feedbackId),
        user_agent: plain(complaint.userAgent),
        arrival_date: complaint.arrivalDate == null ? null : micros(complaint.arrivalDate),
      }
      return { table: 'complaint_log', row }
    }
    case 'Reject': {
      const reason = event.reject == null ? null : plain(event.reject.reason)
      return { table: 'reject_log', row: { ...head(event, event.mail.timestamp), reason } }
    }
    case 'Open':
      return { table: 'open_log', row: { ...head(event, event.open.timestamp), ...client(event.open) } }
    case 'Click': {
      const { click } = event
      const link = { link: plain(click.link), link_tags: asJson(click.linkTags) }
      return { table: 'click_log', row: { ...head(event, click.timestamp), ...client(click), ...link } }
    }
    case 'Rendering Failure': {
      const failure = event.failure == null ? {} : event.failure
      const why = { template_name: plain(failure.templateName), error_message: plain(failure.errorMessage) }
      return { table: 'rendering_failure_log', row: { ...head(event, event.mail.timestamp), ...why } }
    }
    case 'DeliveryDelay': {
      const { deliveryDelay: delay } = event
      const row = {
        ...head(event, delay.timestamp),
        ...people(delay.delayedRecipients),
        delay_type: plain(delay.delayType),
        expiration_time: delay.expirationTime == null ? null : micros(delay.expirationTime),
        reporting_mta: plain(delay.reportingMTA),
      }
      return { table: 'delivery_delay_log', row }
    }
    case 'Subscription': {
      const { subscription } = event
      const row = {
        ...head(event, subscription.timestamp),
        contact_list: plain(subscription.contactList),
        source: plain(subscription.source),
        new_topic_preferences: asJson(subscription.newTopicPreferences),
        old_topic_preferences: asJson(subscription.oldTopicPreferences),
      }
      return { table: 'subscription_log', row }
    }
  }
}

function head(event: SesEvent, timestamp: string): object {
  const { eventType, mail } = event
  const from_address = address(event, 'from', mail.commonHeaders?.from, mail.source == null ? null : [mail.source])
  const to_address = address(event, 'to', mail.commonHeaders?.to, mail.destination)
  const ids = { event_type: eventType, message_id: mail.messageId }
  return { ...ids, from_address, to_address, timestamp: micros(timestamp), tags: asJson(mail.tags) }
}

function people(recipients: readonly (string | { readonly emailAddress: string })[] | null | undefined): object {
  if (recipients == null) return { recipient: null, recipient_count: 0, recipients: null }
  const addresses = recipients.map((each) => (typeof each === 'string' ? each : each.emailAddress))
  const recipient = addresses.length === 1 ? addresses[0] : null
  return { recipient, recipient_count: recipients.length, recipients: asJson(recipients) }
}

interface Client {
  readonly ipAddress?: string | null | undefined
  readonly userAgent?: string | null | undefined
}

function client({ ipAddress, userAgent }: Client): object {
  return { ip_address: plain(ipAddress), user_agent: plain(userAgent) }
}

function plain<Value>(value: Value | null | undefined): Value | null {
  return value === undefined ? null : value
}

function asJson(value: object | null | undefined): string | null {
  return value == null ? null : JSON.stringify(value)
}

function micros(timestamp: string): number {
  return Date.parse(timestamp) * 1000
}

type List = readonly string[] | null | undefined

function address({ mail }: SesEvent, header: string, common: List, envelope: List): string | null {
  let last: string | null = null
  for (const { name, value } of mail.headers ?? []) if (name.toLowerCase() === header) last = value
  if (last !== null) return last
  if (common && common.length > 0) return common.join(', ')
  return envelope && envelope.length > 0 ? envelope.join(', ') : null
}
