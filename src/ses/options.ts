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
  return [...eventsProblems(events), ...rowPerProblems(rowPer, reingest)]
}

function eventsProblems(events: unknown): readonly string[] {
  if (!Array.isArray(events) || events.length === 0) return [`events: expected a list such as allEvents, which ${FROM}`]
  const names = events.map((event: unknown) => (isSesType(event) ? event.eventType : undefined))
  return events.flatMap((event: unknown, index) => {
    const problem = isSesType(event) ? twice(names, index) : typeProblem(event)
    return problem === undefined ? [] : [`events[${index}]: ${problem}`]
  })
}

function twice(names: readonly (string | undefined)[], index: number): string | undefined {
  return names.indexOf(names[index]) === index ? undefined : `"${names[index]}" stands there twice`
}

const FROM = 'firehose-iceberg-router/ses exports'

/** Says what to write in place of something that is no event type, such as the name of one. */
export function typeProblem(value: unknown): string {
  const got = typeof value === 'string' ? JSON.stringify(value) : typeof value
  const wanted = IMPORTS.find((name) => name.toLowerCase() === String(value).replaceAll(' ', '').toLowerCase())
  return wanted === undefined
    ? `expected one of ${IMPORTS.join(', ')}, which ${FROM}, got ${got}`
    : `expected ${wanted}, which ${FROM}, got its name ${got}`
}

/** The event types by the names of their exports, all of them for whoever writes a name; the types themselves are large. */
const IMPORTS: readonly string[] = [
  'send',
  'open',
  'click',
  'delivery',
  'bounce',
  'complaint',
  'deliveryDelay',
  'reject',
  'renderingFailure',
  'subscription',
]

function rowPerProblems(rowPer: unknown, reingest: unknown): readonly string[] {
  if (rowPer !== 'event' && rowPer !== 'recipient') return [`rowPer: expected "event" or "recipient"`]
  if (rowPer === 'event' || reingest !== undefined) return []
  return ['rowPer: "recipient" makes several rows of an event, which needs a reingest target']
}
