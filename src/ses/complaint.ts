import type { Column } from '../index.ts'
import * as t from '../table/t.ts'
import { defineFeedback, defineFeedbackLog, type FeedbackColumns } from './feedback.ts'
import type { SesMail } from './mail.ts'
import type { SesRecipient } from './recipients.ts'
import type { SesTable, SesType } from './type.ts'

/** How a recipient complained. */
export interface SesComplaint {
  /** When the mailbox provider sent the complaint: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  /** All recipients at that provider, which does not say which of them complained. */
  readonly complainedRecipients?: readonly SesRecipient[] | null | undefined
  readonly feedbackId?: string | null | undefined
  /** Null, `OnAccountSuppressionList` or `OnTenantSuppressionList`. */
  readonly complaintSubType?: string | null | undefined
  /** The software that made the report, not the reader's client. */
  readonly userAgent?: string | null | undefined
  /** Such as `abuse`, `fraud`, `not-spam`. */
  readonly complaintFeedbackType?: string | null | undefined
  /** ISO 8601. */
  readonly arrivalDate?: string | null | undefined
}

/** A recipient marked a message as spam. */
export interface SesComplaintEvent {
  readonly eventType: 'Complaint'
  readonly mail: SesMail
  readonly complaint: SesComplaint
}

type ComplaintColumns = {
  readonly complaint_sub_type: Column<string | null>
  readonly complaint_feedback_type: Column<string | null>
  readonly feedback_id: Column<string | null>
  readonly user_agent: Column<string | null>
  readonly arrival_date: Column<t.TimestampInput | null>
}

/** One row for each complaint. */
export const complaintLog: SesTable<FeedbackColumns<ComplaintColumns>> = /* @__PURE__ */ defineFeedbackLog(
  'complaint_log',
  () => ({
    complaint_sub_type: t.nullable(
      t.string({ doc: 'Null, or a suppression list: OnAccountSuppressionList, OnTenantSuppressionList' }),
    ),
    complaint_feedback_type: t.nullable(t.string({ doc: 'Such as abuse, fraud, not-spam' })),
    feedback_id: t.nullable(t.string({ doc: 'The id of the complaint' })),
    user_agent: t.nullable(t.string({ doc: 'The software that made the report' })),
    arrival_date: t.nullable(t.timestamp({ doc: 'When the message reached the recipient, UTC' })),
  }),
)

/** Complaint events and their table. */
export const complaint: SesType<SesComplaintEvent, typeof complaintLog> = /* @__PURE__ */ defineFeedback<
  SesComplaintEvent,
  ComplaintColumns
>({
  eventType: 'Complaint',
  table: complaintLog,
  detail: 'complaint',
  recipients: 'complainedRecipients',
  fields: {
    complaint_sub_type: 'complaintSubType',
    complaint_feedback_type: 'complaintFeedbackType',
    feedback_id: 'feedbackId',
    user_agent: 'userAgent',
    arrival_date: 'arrivalDate',
  },
})
