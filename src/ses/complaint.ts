import type { Column, RowOf } from '../index.ts'
import * as t from '../table/t.ts'
import { defineLog } from './log.ts'
import { type MailColumns, mailValues } from './mail.ts'
import type { SesMail } from './message.ts'
import {
  type RecipientColumns,
  recipientColumns,
  recipientValues,
  type SesRecipient,
  splitRecipients,
} from './recipients.ts'
import { splitRows } from './split.ts'
import type { SesTable, SesType } from './type.ts'

/** How a recipient complained. */
export interface SesComplaint {
  /** When the mailbox provider sent the notice: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  /** All recipients of that provider: it does not say which of them complained. */
  readonly complainedRecipients?: readonly SesRecipient[] | null | undefined
  readonly feedbackId?: string | null | undefined
  /** Null, or `OnAccountSuppressionList`. */
  readonly complaintSubType?: string | null | undefined
  /** What made the report, not a reader's client. */
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

type ComplaintColumns = MailColumns &
  RecipientColumns & {
    readonly complaint_sub_type: Column<string | null>
    readonly complaint_feedback_type: Column<string | null>
    readonly feedback_id: Column<string | null>
    readonly user_agent: Column<string | null>
    readonly arrival_date: Column<t.TimestampInput | null>
  }

/** One row for each complaint. */
export const complaintLog: SesTable<ComplaintColumns> = /* @__PURE__ */ defineLog('complaint_log', () => ({
  ...recipientColumns(),
  complaint_sub_type: t.nullable(t.string({ doc: 'Null, or OnAccountSuppressionList' })),
  complaint_feedback_type: t.nullable(t.string({ doc: 'Such as abuse, fraud, not-spam' })),
  feedback_id: t.nullable(t.string({ doc: 'The id of the complaint' })),
  user_agent: t.nullable(t.string({ doc: 'What made the report' })),
  arrival_date: t.nullable(t.timestamp({ doc: 'When the message reached the one who complains, UTC' })),
}))

/** Makes the row of a Complaint event. */
export function toComplaintRow(event: SesComplaintEvent): RowOf<typeof complaintLog> {
  const { complaint: report } = event
  return {
    event_type: 'Complaint',
    ...mailValues(event, report?.timestamp),
    ...recipientValues(report?.complainedRecipients),
    complaint_sub_type: report?.complaintSubType ?? null,
    complaint_feedback_type: report?.complaintFeedbackType ?? null,
    feedback_id: report?.feedbackId ?? null,
    user_agent: report?.userAgent ?? null,
    arrival_date: report?.arrivalDate ?? null,
  }
}

/** Complaint events and their table. */
export const complaint: SesType<SesComplaintEvent, typeof complaintLog> = {
  eventType: 'Complaint',
  table: complaintLog,
  transform: toComplaintRow,
  split: (toRow) =>
    splitRows(toRow, (event: SesComplaintEvent) =>
      splitRecipients(event, event.complaint?.complainedRecipients, (complainedRecipients) => {
        return { ...event, complaint: { ...event.complaint, complainedRecipients } }
      }),
    ),
}
