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
import type { WiredType } from './extend.ts'
import { type OwnColumns, type SesRouterOptions, wireTypes } from './options.ts'

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
export function createSesRouter<const Own extends OwnColumns = OwnColumns>(options: SesRouterOptions<Own>): SesRouter {
  const { events, extend, rowPer, ...routerOptions } = options ?? {}
  const { types, problems } = wireTypes(options ?? {})
  if (problems.length > 0) {
    const all = [...problemsOf(routerOptions), ...problems]
    throw new IcebergRouterError('InvalidRouter', 'the SES router cannot be built:', { problems: all })
  }
  const start: SesRouter = createIcebergRouter(routerOptions)
  const named = types.reduce((router, type) => router.on({ eventType: type.eventType }, toRoute(type)), start)
  return types.reduce((router, type) => router.on(isNotification(type), toRoute(fromNotification(type))), named)
}

/** What the options of the router itself have wrong, so that they can be mended together with the others. */
function problemsOf(options: RouterOptions): readonly string[] {
  try {
    createIcebergRouter(options).handler()
    return []
  } catch (error) {
    if (!isIcebergRouterError(error)) throw error
    return error.problems
  }
}

/** A predicate rather than a pattern: an event of a type of its own never goes by its other name. */
function isNotification({ eventType }: WiredType): (event: JsonObject) => boolean {
  return (event) => (event['eventType'] ?? undefined) === undefined && event['notificationType'] === eventType
}

function fromNotification(type: WiredType): WiredType {
  const { eventType, making } = type
  if ('select' in making) return type
  const { transform } = making
  return {
    ...type,
    making: { transform: (event, record) => transform({ ...(event as JsonObject), eventType }, record) },
  }
}

/** A route with a transform as far as types go: the table checks every row, whatever made it. */
function toRoute({ eventType, table, making }: WiredType): { name: string; table: Table; transform: Transform } {
  return { name: eventType, table, ...(making as { readonly transform: Transform }) }
}

type SesRouter = IcebergRouter<JsonObject>

type Transform = (event: JsonObject, record: FirehoseRecord) => RowOf<Table>
