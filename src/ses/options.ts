import type { RouterOptions } from '../index.ts'
import { type AnySesType, isSesType } from './type.ts'

/** What `createSesRouter` takes: the options of the router, and its own. */
export interface SesRouterOptions extends RouterOptions {
  /**
   * The event types that get a table, as this package exports them: `[send, open, click]`, unless said. With columns of
   * your own by `extend`.
   */
  readonly events?: readonly AnySesType[]
  /**
   * What a row of Delivery, Bounce, Complaint and DeliveryDelay events is about: the event with all its recipients
   * (`event`, unless said), or one recipient of it. The second needs `reingest`: Firehose takes one row for a record, so
   * the rows of an event's further recipients go back onto the stream.
   */
  readonly rowPer?: 'event' | 'recipient'
}

/** Those options without their types: JavaScript has none. */
interface AnySesOptions {
  readonly events: unknown
  readonly rowPer: unknown
  readonly reingest: unknown
}

/** What is wrong with the options that are not the router's. */
export function sesProblems({ events, rowPer, reingest }: AnySesOptions): readonly string[] {
  const problems = eventsProblems(events)
  if (rowPer !== 'event' && rowPer !== 'recipient') problems.push(`rowPer: expected "event" or "recipient"`)
  if (rowPer === 'recipient' && reingest === undefined)
    problems.push('rowPer: "recipient" makes several rows of an event, which needs a reingest target')
  return problems
}

function eventsProblems(events: unknown): string[] {
  if (!Array.isArray(events) || events.length === 0) return [`events: expected a list such as allEvents, which ${FROM}`]
  const problems: string[] = []
  const names = new Set<string>()
  for (const [index, event] of events.entries()) {
    if (!isSesType(event)) problems.push(`events[${index}]: ${typeProblem(event)}`)
    else if (names.size === names.add(event.eventType).size)
      problems.push(`events[${index}]: "${event.eventType}" stands there twice`)
  }
  return problems
}

const FROM = 'firehose-iceberg-router/ses exports'

/** Says what to write in place of something that is no event type, such as the name of one. */
export function typeProblem(value: unknown): string {
  const got = typeof value === 'string' ? JSON.stringify(value) : typeof value
  return `expected one of ${IMPORTS}, which ${FROM}, got ${got}`
}

/** The event types by the names of their exports, all of them for whoever writes a name; the types themselves are large. */
const IMPORTS = 'send, open, click, delivery, bounce, complaint, deliveryDelay, reject, renderingFailure, subscription'
