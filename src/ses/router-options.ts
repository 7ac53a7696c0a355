import type { RouterOptions } from '../index.ts'
import { type AnySesType, EXPORTED_BY, isSesType, typeProblem } from './type.ts'

/** The options of `createSesRouter`: those of the router, and its own. */
export interface SesRouterOptions extends RouterOptions {
  /**
   * The event types that get a table, as this package exports them; by default `[send, open, click]`. `extend` adds columns
   * to one.
   */
  readonly events?: readonly AnySesType[]
  /**
   * How many rows Delivery, Bounce, Complaint and DeliveryDelay events make: one with all recipients (`event`, the default),
   * or one for each recipient. `recipient` needs `reingest`: Firehose accepts one row for a record, so the rows of further
   * recipients go back onto the stream.
   */
  readonly rowPer?: 'event' | 'recipient'
}

/** The same options unchecked, as a JavaScript caller may pass them. */
interface AnySesOptions {
  readonly events: unknown
  readonly rowPer: unknown
  readonly reingest: unknown
}

/** The problems of the options that are not the router's. */
export function sesProblems({ events, rowPer, reingest }: AnySesOptions): readonly string[] {
  const problems = eventsProblems(events)
  if (rowPer !== 'event' && rowPer !== 'recipient') problems.push(`rowPer: expected "event" or "recipient"`)
  if (rowPer === 'recipient' && reingest === undefined)
    problems.push('rowPer: "recipient" makes several rows of an event; pass a target in reingest')
  return problems
}

function eventsProblems(events: unknown): string[] {
  if (!Array.isArray(events) || events.length === 0)
    return [`events: expected a list of event types such as allEvents, which ${EXPORTED_BY}`]
  const problems: string[] = []
  const names = new Set<string>()
  for (const [index, event] of events.entries()) {
    if (!isSesType(event)) problems.push(`events[${index}]: ${typeProblem(event)}`)
    else if (names.size === names.add(event.eventType).size)
      problems.push(`events[${index}]: "${event.eventType}" appears twice`)
  }
  return problems
}
