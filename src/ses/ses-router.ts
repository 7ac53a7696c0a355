import {
  createIcebergRouter,
  type FirehoseRecord,
  type IcebergRouter,
  IcebergRouterError,
  isIcebergRouterError,
  type JsonObject,
  type RouterOptions,
  type RowOf,
  type Table,
} from '../index.ts'
import { click } from './click.ts'
import { open } from './open.ts'
import { type SesRouterOptions, sesProblems } from './router-options.ts'
import { send } from './send.ts'
import type { AnySesType } from './type.ts'

/**
 * Makes a router for the events that Amazon SES publishes to Firehose. By default Send, Open and Click events go to
 * `send_log`, `open_log` and `click_log`; `events` chooses among all ten types, each with its own table. An event without a
 * table (a type that is not in `events`, a type that SES adds later, any other JSON) fails with `NoRoute`, or goes where
 * `otherwise` says: `createSesRouter({ database }).otherwise('drop')`. The other options are those of the router.
 *
 * Events are not trusted. An event without an id or a time fails (`MissingColumn` at `message_id` or `timestamp`), and so does
 * one with a field of a wrong type (`WrongType`); any other field that is missing or null is null in the row. Addresses come
 * from the last From or To header, else from the common headers, else from the envelope. Tags keep their JSON. Feedback
 * notifications have their type in `notificationType`; it counts if there is no `eventType`.
 *
 * @throws IcebergRouterError `InvalidRouter`, with all problems of the options
 */
export function createSesRouter(options: SesRouterOptions): SesRouter {
  const { events = [send, open, click], rowPer = 'event', ...routerOptions } = options ?? {}
  const problems = sesProblems({ events, rowPer, reingest: routerOptions.reingest })
  if (problems.length > 0) {
    const all = [...problemsOf(routerOptions), ...problems]
    throw new IcebergRouterError('InvalidRouter', 'the SES router cannot be built:', { problems: all })
  }
  const types = rowPer === 'recipient' ? events.map(perRecipient) : events
  const start: SesRouter = createIcebergRouter(routerOptions)
  const named = types.reduce((router, type) => router.on({ eventType: type.eventType }, toRoute(type)), start)
  return types.reduce((router, type) => router.on(isNotification(type), toRoute(fromNotification(type))), named)
}

/** The type with one row for each recipient; unchanged if its events list no recipients. */
function perRecipient(type: AnySesType): AnySesType {
  const { split, transform } = type
  return split === undefined ? type : { ...type, transform: split(transform) }
}

/** The problems of the router's own options, so that one error has all problems. */
function problemsOf(options: RouterOptions): readonly string[] {
  try {
    createIcebergRouter(options).otherwise('fail').handler()
    return []
  } catch (error) {
    if (!isIcebergRouterError(error)) throw error
    return error.problems
  }
}

/** Matches by `notificationType`. A predicate, because a pattern cannot say that there is no `eventType`. */
function isNotification({ eventType }: AnySesType): (event: JsonObject) => boolean {
  return (event) => (event['eventType'] ?? undefined) === undefined && event['notificationType'] === eventType
}

function fromNotification(type: AnySesType): AnySesType {
  const { eventType, transform } = type
  // A selection has the type as a constant.
  if ('~select' in transform) return type
  return {
    ...type,
    transform: (event: object, record) => transform({ ...event, eventType } as never, record, undefined),
  }
}

/** The cast hides the types of event and row: the table checks every row. */
function toRoute({ eventType, table, transform }: AnySesType): SesRoute {
  return { name: eventType, table, transform } as SesRoute
}

type SesRouter = IcebergRouter<JsonObject>

interface SesRoute {
  readonly name: string
  readonly table: Table
  readonly transform: (event: JsonObject, record: FirehoseRecord) => RowOf<Table>
}
