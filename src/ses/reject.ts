import { type Column, type RowOf, select } from '../index.ts'
import * as t from '../table/t.ts'
import { defineLog } from './log.ts'
import { type MailColumns, mailValues, selectMail } from './mail.ts'
import type { SesMail } from './message.ts'
import type { SesTable, SesType } from './type.ts'

/** SES took a message, found a virus in it and did not send it. */
export interface SesRejectEvent {
  readonly eventType: 'Reject'
  readonly mail: SesMail
  readonly reject?: { /** `Bad content`. */ readonly reason?: string | null | undefined } | null | undefined
}

type RejectColumns = MailColumns & { readonly reason: Column<string | null> }

/** One row for each message that SES refused to send. */
export const rejectLog: SesTable<RejectColumns> = /* @__PURE__ */ defineLog('reject_log', () => ({
  reason: t.nullable(t.string({ doc: 'Why SES refused the message' })),
}))

/** Makes the row of a Reject event; its time is the message's. */
export function toRejectRow(event: SesRejectEvent): RowOf<typeof rejectLog> {
  const { mail, reject: refused } = event
  const reason = refused?.reason ?? null
  return { event_type: 'Reject', ...mailValues(event, mail?.timestamp), reason }
}

const selection = /* @__PURE__ */ selectMail('Reject', {
  timestamp: 'mail.timestamp',
  reason: 'reject.reason',
})

/** Reject events and their table. */
export const reject: SesType<SesRejectEvent, typeof rejectLog> = {
  eventType: 'Reject',
  table: rejectLog,
  transform: /* @__PURE__ */ select(selection),
}
