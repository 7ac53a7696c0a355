import type { Column } from '../index.ts'
import * as t from '../table/t.ts'
import { defineFeedback, defineFeedbackLog, type FeedbackColumns } from './feedback.ts'
import type { SesMail } from './mail.ts'
import type { SesRecipient } from './recipients.ts'
import type { SesTable, SesType } from './type.ts'

/** A recipient whom a message did not reach. */
export interface SesBouncedRecipient extends SesRecipient {
  readonly action?: string | null | undefined
  /** The status of RFC 3464, such as `5.1.1`. */
  readonly status?: string | null | undefined
  readonly diagnosticCode?: string | null | undefined
}

/** Why a message bounced. */
export interface SesBounce {
  /** When the recipient's server sent the bounce: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  /** `Undetermined`, `Permanent` or `Transient`; an out-of-office answer is transient. */
  readonly bounceType?: string | null | undefined
  /**
   * Permanent: `General`, `NoEmail`, `Suppressed`, `OnAccountSuppressionList`, `OnTenantSuppressionList`,
   * `EmailValidationSuppressed`, `UnsubscribedRecipient`. Transient: `General`, `MailboxFull`, `MessageTooLarge`,
   * `ContentRejected`, `AttachmentRejected`, `CustomTimeoutExceeded`. Undetermined: `Undetermined`. SES may add more.
   */
  readonly bounceSubType?: string | null | undefined
  readonly bouncedRecipients?: readonly SesBouncedRecipient[] | null | undefined
  readonly feedbackId?: string | null | undefined
  readonly reportingMTA?: string | null | undefined
  readonly remoteMtaIp?: string | null | undefined
}

/** A message bounced. */
export interface SesBounceEvent {
  readonly eventType: 'Bounce'
  readonly mail: SesMail
  readonly bounce: SesBounce
}

type BounceColumns = {
  readonly bounce_type: Column<string | null>
  readonly bounce_sub_type: Column<string | null>
  readonly feedback_id: Column<string | null>
  readonly reporting_mta: Column<string | null>
  readonly remote_mta_ip: Column<string | null>
}

/** One row for each bounce. */
export const bounceLog: SesTable<FeedbackColumns<BounceColumns>> = /* @__PURE__ */ defineFeedbackLog(
  'bounce_log',
  () => ({
    bounce_type: t.nullable(t.string({ doc: 'Permanent, Transient or Undetermined' })),
    bounce_sub_type: t.nullable(t.string({ doc: 'Such as General, NoEmail, MailboxFull, OnTenantSuppressionList' })),
    feedback_id: t.nullable(t.string({ doc: 'The id of the bounce' })),
    reporting_mta: t.nullable(t.string({ doc: 'The server that reported it' })),
    remote_mta_ip: t.nullable(t.string({ doc: 'The address of the server that refused the message' })),
  }),
)

/** Bounce events and their table. */
export const bounce: SesType<SesBounceEvent, typeof bounceLog> = /* @__PURE__ */ defineFeedback<
  SesBounceEvent,
  BounceColumns
>({
  eventType: 'Bounce',
  table: bounceLog,
  detail: 'bounce',
  recipients: 'bouncedRecipients',
  fields: {
    bounce_type: 'bounceType',
    bounce_sub_type: 'bounceSubType',
    feedback_id: 'feedbackId',
    reporting_mta: 'reportingMTA',
    remote_mta_ip: 'remoteMtaIp',
  },
})
