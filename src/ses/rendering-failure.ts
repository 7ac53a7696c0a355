import { type Column, type RowOf, select } from '../index.ts'
import * as t from '../table/t.ts'
import { defineLog } from './log.ts'
import { type MailColumns, mailValues, selectMail } from './mail.ts'
import type { SesMail } from './message.ts'
import type { SesTable, SesType } from './type.ts'

/** What was wrong with a template. */
export interface SesRenderingFailure {
  readonly templateName?: string | null | undefined
  readonly errorMessage?: string | null | undefined
}

/** A message was not sent, because its template and its data do not fit. AWS writes the type with a space. */
export interface SesRenderingFailureEvent {
  readonly eventType: 'Rendering Failure'
  readonly mail: SesMail
  readonly failure?: SesRenderingFailure | null | undefined
}

type RenderingFailureColumns = MailColumns & {
  readonly template_name: Column<string | null>
  readonly error_message: Column<string | null>
}

/** One row for each message whose template could not be filled. */
export const renderingFailureLog: SesTable<RenderingFailureColumns> = /* @__PURE__ */ defineLog(
  'rendering_failure_log',
  () => ({
    template_name: t.nullable(t.string({ doc: 'The template' })),
    error_message: t.nullable(t.string({ doc: 'What is wrong, in the words of SES' })),
  }),
)

/** Makes the row of a Rendering Failure event; its time is the message's. */
export function toRenderingFailureRow(event: SesRenderingFailureEvent): RowOf<typeof renderingFailureLog> {
  const { mail, failure } = event
  return {
    event_type: 'Rendering Failure',
    ...mailValues(event, mail?.timestamp),
    template_name: failure?.templateName ?? null,
    error_message: failure?.errorMessage ?? null,
  }
}

const selection = /* @__PURE__ */ selectMail('Rendering Failure', {
  timestamp: 'mail.timestamp',
  template_name: 'failure.templateName',
  error_message: 'failure.errorMessage',
})

/** Rendering Failure events and their table. */
export const renderingFailure: SesType<SesRenderingFailureEvent, typeof renderingFailureLog> = {
  eventType: 'Rendering Failure',
  table: renderingFailureLog,
  transform: /* @__PURE__ */ select(selection),
}
