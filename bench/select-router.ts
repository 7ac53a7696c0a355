import { createIcebergRouter, element, type FinishedRouter, firstOf, joined } from 'firehose-iceberg-router'
import { clickLog, openLog, type SesEvent, sendLog } from 'firehose-iceberg-router/ses'
import { tableOf } from './contenders/tables.ts'

// The SES example, declared with select instead of functions.

const fromHeader = element('mail.headers', { key: 'name', equals: 'From', ignoreCase: true, last: true, take: 'value' })

const toHeader = element('mail.headers', { key: 'name', equals: 'To', ignoreCase: true, last: true, take: 'value' })

const mail = {
  event_type: 'eventType',
  message_id: 'mail.messageId',
  from_address: firstOf(fromHeader, joined('mail.commonHeaders.from'), 'mail.source'),
  to_address: firstOf(toHeader, joined('mail.commonHeaders.to'), joined('mail.destination')),
  tags: 'mail.tags',
} as const

/** Builds the router for SES's own event types, or for others that look like Send. */
export function createSelectRouter(database: string, eventTypes: readonly string[]): FinishedRouter {
  if (!eventTypes.includes('Send')) return createGeneric(database, eventTypes)
  return createIcebergRouter<SesEvent>({ database })
    .on({ eventType: 'Send' }, { table: sendLog, select: { ...mail, timestamp: 'mail.timestamp' } })
    .on(
      { eventType: 'Open' },
      {
        table: openLog,
        select: {
          ...mail,
          timestamp: 'open.timestamp',
          ip_address: 'open.ipAddress',
          user_agent: 'open.userAgent',
        },
      },
    )
    .on(
      { eventType: 'Click' },
      {
        table: clickLog,
        select: {
          ...mail,
          timestamp: 'click.timestamp',
          ip_address: 'click.ipAddress',
          user_agent: 'click.userAgent',
          link: 'click.link',
          link_tags: 'click.linkTags',
        },
      },
    )
    .otherwise('fail')
}

function createGeneric(database: string, eventTypes: readonly string[]): FinishedRouter {
  let router = createIcebergRouter({ database })
  for (const eventType of eventTypes) {
    const table = tableOf(eventType) as typeof sendLog
    router = router.on({ eventType }, { table, select: { ...mail, timestamp: 'mail.timestamp' } })
  }
  return router
}
