import { createSesRouter } from 'firehose-iceberg-router/ses'
import { DATABASE, type Handler } from '../contender.ts'

// The SES router as it is shipped.

/** Builds the handler, for SES's own event types. */
export function create(): Handler {
  return createSesRouter({ database: DATABASE }).handler()
}
