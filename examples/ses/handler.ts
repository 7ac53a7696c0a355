import type { FirehoseHandler } from 'firehose-iceberg-router'
import { createSesRouter } from 'firehose-iceberg-router/ses'

/** The transformation Lambda of a stream that SES publishes Send, Open and Click events to. */
export const handler: FirehoseHandler = createSesRouter({ database: 'email_event' }).handler()
