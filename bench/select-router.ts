import { createIcebergRouter, type FinishedRouter, s, select } from 'firehose-iceberg-router'
import { clickLog, openLog, type SesEvent, sendLog } from 'firehose-iceberg-router/ses'
import { compileRouter } from '../src/router/compile-router.ts'
import { createHandler, type FirehoseHandler } from '../src/router/handler.ts'
import { tableOf } from './contenders/tables.ts'

// The SES example, declared with select instead of functions.

const fromHeader = s.element('mail.headers', {
  key: 'name',
  equals: 'From',
  ignoreCase: true,
  last: true,
  take: 'value',
})

const toHeader = s.element('mail.headers', { key: 'name', equals: 'To', ignoreCase: true, last: true, take: 'value' })

const mail = {
  event_type: 'eventType',
  message_id: 'mail.messageId',
  from_address: s.firstOf(fromHeader, s.joined('mail.commonHeaders.from'), 'mail.source'),
  to_address: s.firstOf(toHeader, s.joined('mail.commonHeaders.to'), s.joined('mail.destination')),
  tags: 'mail.tags',
} as const

const send = { table: sendLog, transform: select({ ...mail, timestamp: 'mail.timestamp' }) } as const

const open = {
  table: openLog,
  transform: select({
    ...mail,
    timestamp: 'open.timestamp',
    ip_address: 'open.ipAddress',
    user_agent: 'open.userAgent',
  }),
} as const

const click = {
  table: clickLog,
  transform: select({
    ...mail,
    timestamp: 'click.timestamp',
    ip_address: 'click.ipAddress',
    user_agent: 'click.userAgent',
    link: 'click.link',
    link_tags: 'click.linkTags',
  }),
} as const

/** Builds the router for SES's own event types, or for others that look like Send. */
export function createSelectRouter(database: string, eventTypes: readonly string[]): FinishedRouter {
  if (!eventTypes.includes('Send')) return createGeneric(database, eventTypes)
  return createIcebergRouter<SesEvent>({ database })
    .on({ eventType: 'Send' }, send)
    .on({ eventType: 'Open' }, open)
    .on({ eventType: 'Click' }, click)
    .otherwise('fail')
}

function createGeneric(database: string, eventTypes: readonly string[]): FinishedRouter {
  let router = createIcebergRouter({ database })
  for (const eventType of eventTypes) router = router.on({ eventType }, { ...send, table: sendLike(eventType) })
  return router
}

/** The same router held to the plain engine, which no option of the library does. */
export function createPlainHandler(database: string, eventTypes: readonly string[]): FirehoseHandler {
  const { definition } = createSelectRouter(database, eventTypes).handler()
  return createHandler({ ...compileRouter(definition), fastPath: undefined })
}

function sendLike(eventType: string): typeof sendLog {
  return tableOf(eventType) as typeof sendLog
}
