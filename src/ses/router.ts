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
import { type SesRouterOptions, sesProblems } from './options.ts'
import { send } from './send.ts'
import type { AnySesType } from './type.ts'

/**
 * Routes what Amazon SES publishes to Firehose: Send, Open and Click events into `send_log`, `open_log` and `click_log`,
 * and with `events` any of the ten types into a table of its own. What has no table (a type that was not asked for, a type
 * that SES adds tomorrow, what is no SES event) is what the router's `otherwise` is for, and fails unless it says else:
 * `createSesRouter({ database }).otherwise('drop')`. The other options are the router's own.
 *
 * Nothing in an event is relied on. Without its id or time it fails by the column (`MissingColumn` at `message_id` or
 * `timestamp`), and so it does with a field of a wrong type (`WrongType`); everything else that is missing or null is
 * null. Addresses come from the last From or To header, else from what SES read of the headers, else from the envelope.
 * Tags are kept as the JSON they came as. `notificationType`, as feedback notifications name their type, counts where
 * there is no `eventType`.
 *
 * @throws IcebergRouterError `InvalidRouter`, with every problem of the options in it
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

/** The type with one row for each recipient; as it is where its events name none. */
function perRecipient(type: AnySesType): AnySesType {
  const { split, transform } = type
  return split === undefined ? type : { ...type, transform: split(transform) }
}

/** What the options of the router itself have wrong, so that they can be mended together with the others. */
function problemsOf(options: RouterOptions): readonly string[] {
  try {
    createIcebergRouter(options).otherwise('fail').handler()
    return []
  } catch (error) {
    if (!isIcebergRouterError(error)) throw error
    return error.problems
  }
}

/** A predicate rather than a pattern: an event of a type of its own never goes by its other name. */
function isNotification({ eventType }: AnySesType): (event: JsonObject) => boolean {
  return (event) => (event['eventType'] ?? undefined) === undefined && event['notificationType'] === eventType
}

function fromNotification(type: AnySesType): AnySesType {
  const { eventType, transform } = type
  // A select reads no event type.
  if ('~select' in transform) return type
  return {
    ...type,
    transform: (event: object, record) => transform({ ...event, eventType } as never, record, undefined),
  }
}

/** A route with a transform as far as types go: the table checks every row, whatever made it. */
function toRoute({ eventType, table, transform }: AnySesType): SesRoute {
  return { name: eventType, table, transform } as SesRoute
}

type SesRouter = IcebergRouter<JsonObject>

interface SesRoute {
  readonly name: string
  readonly table: Table
  readonly transform: (event: JsonObject, record: FirehoseRecord) => RowOf<Table>
}
