import { type Column, select } from '../index.ts'
import * as t from '../table/t.ts'
import { defineLog } from './define-log.ts'
import type { SesMail } from './mail.ts'
import { type MailColumns, selectMail } from './mail-columns.ts'
import type { SesTable, SesType } from './type.ts'

/** What was wrong with a template. */
export interface SesRenderingFailure {
  readonly templateName?: string | null | undefined
  readonly errorMessage?: string | null | undefined
}

/** SES could not fill a template and did not send the message. The name of the type has a space. */
export interface SesRenderingFailureEvent {
  readonly eventType: 'Rendering Failure'
  readonly mail: SesMail
  readonly failure?: SesRenderingFailure | null | undefined
}

type RenderingFailureColumns = MailColumns & {
  readonly template_name: Column<string | null>
  readonly error_message: Column<string | null>
}

/** One row for each message whose template SES could not fill. */
export const renderingFailureLog: SesTable<RenderingFailureColumns> = /* @__PURE__ */ defineLog(
  'rendering_failure_log',
  () => ({
    template_name: t.nullable(t.string({ doc: 'The name of the template' })),
    error_message: t.nullable(t.string({ doc: 'The error message of SES' })),
  }),
)

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
