import {
  createIcebergRouter,
  type FinishedRouter,
  type JsonObject,
  type RowOf,
  type Table,
} from 'firehose-iceberg-router'
import { click, open, reject, renderingFailure, send, subscription } from 'firehose-iceberg-router/ses'

// The types with a `select`, as functions written by hand: they read any JSON, so that failures can be compared too.

/** A router with those functions; its routes have the names of the SES router's. */
export function createRouterByHand(options: Parameters<typeof createIcebergRouter>[0]): FinishedRouter {
  const types = [send, open, click, reject, renderingFailure, subscription]
  const start = createIcebergRouter(options).on({ eventType: 'no event has this type' }, 'drop')
  return types.reduce<FinishedRouter & Pick<typeof start, 'on'>>((router, { eventType, table }) => {
    // The table checks every row.
    const transform = (event: JsonObject): RowOf<Table> => rowOf(event, eventType) as RowOf<Table>
    return router.on({ eventType }, { name: eventType, table: table as Table, transform })
  }, start)
}

function rowOf(event: unknown, eventType: string): object {
  switch (eventType) {
    case 'Open':
      return { ...mailRow(event, eventType, at(event, 'open', 'timestamp')), ...clientRow(event, 'open') }
    case 'Click': {
      const link = { link: at(event, 'click', 'link'), link_tags: at(event, 'click', 'linkTags') }
      return { ...mailRow(event, eventType, at(event, 'click', 'timestamp')), ...clientRow(event, 'click'), ...link }
    }
    case 'Reject':
      return { ...mailRow(event, eventType, at(event, 'mail', 'timestamp')), reason: at(event, 'reject', 'reason') }
    case 'Rendering Failure': {
      const failure = {
        template_name: at(event, 'failure', 'templateName'),
        error_message: at(event, 'failure', 'errorMessage'),
      }
      return { ...mailRow(event, eventType, at(event, 'mail', 'timestamp')), ...failure }
    }
    case 'Subscription':
      return {
        ...mailRow(event, eventType, at(event, 'subscription', 'timestamp')),
        contact_list: at(event, 'subscription', 'contactList'),
        source: at(event, 'subscription', 'source'),
        new_topic_preferences: at(event, 'subscription', 'newTopicPreferences'),
        old_topic_preferences: at(event, 'subscription', 'oldTopicPreferences'),
      }
    default:
      return mailRow(event, eventType, at(event, 'mail', 'timestamp'))
  }
}

function mailRow(event: unknown, eventType: string, timestamp: unknown): object {
  const mail = at(event, 'mail')
  return {
    event_type: eventType,
    message_id: at(mail, 'messageId'),
    from_address: lastHeader(mail, 'from') ?? joined(at(mail, 'commonHeaders', 'from')) ?? at(mail, 'source'),
    to_address: lastHeader(mail, 'to') ?? joined(at(mail, 'commonHeaders', 'to')) ?? joined(at(mail, 'destination')),
    timestamp,
    tags: at(mail, 'tags'),
  }
}

function clientRow(event: unknown, detail: string): object {
  return { ip_address: at(event, detail, 'ipAddress'), user_agent: at(event, detail, 'userAgent') }
}

/** The value at a path of keys; undefined if any object on the way is missing. */
function at(value: unknown, ...keys: readonly string[]): unknown {
  let inner = value
  for (const key of keys) {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner) || !Object.hasOwn(inner, key))
      return undefined
    inner = (inner as { readonly [key: string]: unknown })[key]
  }
  return inner
}

function lastHeader(mail: unknown, wanted: string): unknown {
  const headers = at(mail, 'headers')
  if (!Array.isArray(headers)) return undefined
  const pattern = new RegExp(`^${wanted}$`, 'i')
  const named = headers.filter(
    (header: unknown) => pattern.test(nameOf(header)) && (at(header, 'value') ?? null) !== null,
  )
  return at(named.at(-1), 'value')
}

function nameOf(header: unknown): string {
  const name = at(header, 'name')
  return typeof name === 'string' ? name : ''
}

/** A list of strings as one string. Anything else stays as it is, and its column refuses it. */
function joined(list: unknown): unknown {
  if (!Array.isArray(list) || list.some((item) => typeof item !== 'string')) return list
  return list.length === 0 ? undefined : list.join(', ')
}
