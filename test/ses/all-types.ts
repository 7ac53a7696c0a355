import type { FirehoseHandler } from 'firehose-iceberg-router'
import { allEvents, createSesRouter } from 'firehose-iceberg-router/ses'

/** The example's handler for all ten event types. */
export const handler: FirehoseHandler = createSesRouter({ database: 'email_event', events: allEvents }).handler()
