import { createIcebergRouter } from 'firehose-iceberg-router'
import { clickLog, openLog, sendLog } from 'firehose-iceberg-router/ses'
import { type ContenderSpec, DATABASE, type Handler, SES_TYPES } from '../contender.ts'
import { pickClick, pickOpen, pickSend } from './mapping.ts'
import { tableOf } from './tables.ts'

// The router with function transforms.

/** Builds the handler. */
export function create({ eventTypes }: ContenderSpec): Handler {
  if (eventTypes === SES_TYPES || eventTypes.includes('Send')) {
    return createIcebergRouter({ database: DATABASE })
      .on({ eventType: 'Send' }, { table: sendLog, transform: pickSend })
      .on({ eventType: 'Open' }, { table: openLog, transform: pickOpen })
      .on({ eventType: 'Click' }, { table: clickLog, transform: pickClick })
      .handler()
  }
  let router = createIcebergRouter({ database: DATABASE })
  for (const eventType of eventTypes) {
    router = router.on({ eventType }, { table: tableOf(eventType) as typeof sendLog, transform: pickSend })
  }
  return router.handler()
}
