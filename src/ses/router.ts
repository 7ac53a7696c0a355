import { createIcebergRouter, type FinishedRouter, type RouterOptions } from '../index.ts'
import { clickLog, toClickRow } from './click.ts'
import type { SesEvent } from './events.ts'
import { openLog, toOpenRow } from './open.ts'
import { sendLog, toSendRow } from './send.ts'

/**
 * Routes what Amazon SES publishes to Firehose: Send, Open and Click events into `send_log`, `open_log` and `click_log`.
 * Events of other types fail (`NoRoute`) and so go to the stream's error output. The options are the router's own.
 *
 * Nothing in an event is relied on. Without its id or time it fails by the column (`MissingColumn` at `message_id` or
 * `timestamp`), and so it does with a field of a wrong type (`WrongType`); everything else that is missing or null is
 * null. Addresses come from the last From or To header, else from what SES read of the headers, else from the envelope.
 * Tags are kept as the JSON they came as.
 */
export function createSesRouter(options: RouterOptions): FinishedRouter {
  return createIcebergRouter<SesEvent>(options)
    .on({ eventType: 'Send' }, { name: 'Send', table: sendLog, transform: toSendRow })
    .on({ eventType: 'Open' }, { name: 'Open', table: openLog, transform: toOpenRow })
    .on({ eventType: 'Click' }, { name: 'Click', table: clickLog, transform: toClickRow })
    .exhaustive()
}
