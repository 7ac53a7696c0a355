import { createIcebergRouter } from 'firehose-iceberg-router'
import { clickLog, openLog, sendLog } from 'firehose-iceberg-router/ses'
import { clickSchema, openSchema, sendSchema } from 'firehose-iceberg-router/ses/schemas'
import { DATABASE, type Handler } from '../contender.ts'
import { pickClick, pickOpen, pickSend } from './mapping.ts'

// The router with function transforms and a Zod schema on every route.

/** Builds the handler, for SES's own event types. */
export function create(): Handler {
  return createIcebergRouter({ database: DATABASE })
    .on({ eventType: 'Send' }, { schema: sendSchema, table: sendLog, transform: pickSend })
    .on({ eventType: 'Open' }, { schema: openSchema, table: openLog, transform: pickOpen })
    .on({ eventType: 'Click' }, { schema: clickSchema, table: clickLog, transform: pickClick })
    .handler()
}
