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

/** A recipient that a message did not reach. */
export interface SesBouncedRecipient extends SesRecipient {
  readonly action?: string | null | undefined
  /** The status of RFC 3464, such as `5.1.1`. */
  readonly status?: string | null | undefined
  readonly diagnosticCode?: string | null | undefined
}

/** Why a message came back. */
export interface SesBounce {
  /** When the recipient's server sent the notice: ISO 8601, milliseconds, UTC. */
  readonly timestamp: string
  /** `Undetermined`, `Permanent` or `Transient`; an out-of-office answer is a transient one. */
  readonly bounceType?: string | null | undefined
  readonly bounceSubType?: string | null | undefined
  readonly bouncedRecipients?: readonly SesBouncedRecipient[] | null | undefined
  readonly feedbackId?: string | null | undefined
  readonly reportingMTA?: string | null | undefined
  readonly remoteMtaIp?: string | null | undefined
}

/** A message came back. */
export interface SesBounceEvent {
  readonly eventType: 'Bounce'
  readonly mail: SesMail
  readonly bounce: SesBounce
}

type BounceColumns = MailColumns &
  RecipientColumns & {
    readonly bounce_type: Column<string | null>
    readonly bounce_sub_type: Column<string | null>
    readonly feedback_id: Column<string | null>
    readonly reporting_mta: Column<string | null>
    readonly remote_mta_ip: Column<string | null>
  }

/** One row for each bounce. */
export const bounceLog: SesTable<BounceColumns> = /* @__PURE__ */ defineLog('bounce_log', () => ({
  ...recipientColumns(),
  bounce_type: t.nullable(t.string({ doc: 'Permanent, Transient or Undetermined' })),
  bounce_sub_type: t.nullable(t.string({ doc: 'Such as General, NoEmail, Suppressed, MailboxFull' })),
  feedback_id: t.nullable(t.string({ doc: 'The id of the bounce' })),
  reporting_mta: t.nullable(t.string({ doc: 'The server that reported it' })),
  remote_mta_ip: t.nullable(t.string({ doc: 'The address of the server that refused the message' })),
}))

/** Makes the row of a Bounce event. */
export function toBounceRow(event: SesBounceEvent): RowOf<typeof bounceLog> {
  const { bounce: back } = event
  return {
    event_type: 'Bounce',
    ...mailValues(event, back?.timestamp),
    ...recipientValues(back?.bouncedRecipients),
    bounce_type: back?.bounceType ?? null,
    bounce_sub_type: back?.bounceSubType ?? null,
    feedback_id: back?.feedbackId ?? null,
    reporting_mta: back?.reportingMTA ?? null,
    remote_mta_ip: back?.remoteMtaIp ?? null,
  }
}

/** Bounce events and their table. */
export const bounce: SesType<SesBounceEvent, typeof bounceLog> = {
  eventType: 'Bounce',
  table: bounceLog,
  transform: toBounceRow,
  split: (toRow) =>
    splitRows(toRow, (event: SesBounceEvent) =>
      splitRecipients(event, event.bounce?.bouncedRecipients, (bouncedRecipients) => {
        return { ...event, bounce: { ...event.bounce, bouncedRecipients } }
      }),
    ),
}
