import type { Columns, RouterOptions } from '../index.ts'
import { extendType, type SesExtensions, type WiredType } from './extend.ts'
import { type AnySesType, defaultEvents, type SesEventType, sesTypes } from './types.ts'

/** The columns that extensions add, by event type. */
export type OwnColumns = { readonly [Type in SesEventType]?: Columns }

/** What `createSesRouter` takes: the options of the router, and its own. */
export interface SesRouterOptions<Own extends OwnColumns = OwnColumns> extends RouterOptions {
  /** The event types that get a table: Send, Open and Click, unless said. */
  readonly events?: readonly SesEventType[] | 'all'
  /** What you add to tables, by event type. */
  readonly extend?: SesExtensions<Own>
  /**
   * What a row of Delivery, Bounce, Complaint and DeliveryDelay events is about: the event with all its recipients
   * (`event`, unless said), or one recipient of it. The second needs `reingest`: Firehose takes one row for a record, so
   * the rows of an event's further recipients go back onto the stream.
   */
  readonly rowPer?: 'event' | 'recipient'
}

/** The options without their types: JavaScript has none. */
export interface AnySesOptions {
  readonly events?: unknown
  readonly extend?: unknown
  readonly rowPer?: unknown
  readonly reingest?: unknown
}

/** The event types that options ask for, with their extensions, or what is wrong with the options. */
export function wireTypes(options: AnySesOptions): { types: readonly WiredType[]; problems: readonly string[] } {
  const { events = defaultEvents, extend = {}, rowPer = 'event' } = options
  const chosen = chooseTypes(events)
  const extended = chosen.map((type) => {
    const { wired, problems } = extendType(type, own(extend, type.eventType))
    const located = problems.map((problem) => `extend.${type.eventType}: ${problem}`)
    return { wired: rowPer === 'recipient' ? splitRows(type, wired) : wired, problems: located }
  })
  const problems = [
    ...eventsProblems(events),
    ...extendProblems(extend, chosen),
    ...extended.flatMap((each) => each.problems),
    ...rowPerProblems(rowPer, options.reingest),
  ]
  return { types: extended.map(({ wired }) => wired), problems }
}

function chooseTypes(events: unknown): readonly AnySesType[] {
  if (events === 'all') return sesTypes
  const names: unknown[] = Array.isArray(events) ? events : []
  return [...new Set(names)].flatMap((name) => sesTypes.filter(({ eventType }) => eventType === name))
}

/** One row for each recipient, in the order of the event. */
function splitRows({ split }: AnySesType, wired: WiredType): WiredType {
  const { making } = wired
  if (split === undefined || 'select' in making) return wired
  const { transform } = making
  const splitEvent = split as (event: unknown) => readonly unknown[]
  return {
    ...wired,
    making: {
      transform: (event, record) => {
        const rows = splitEvent(event).map((each) => attempt(() => transform(each, record)))
        return rows.some((row) => row instanceof Promise) ? Promise.all(rows) : rows
      },
    },
  }
}

/** What throws becomes a promise, so that no promise of an earlier row is left without anybody to hear it reject. */
function attempt(make: () => unknown): unknown {
  try {
    return make()
  } catch (error) {
    return Promise.reject(error)
  }
}

function eventsProblems(events: unknown): string[] {
  if (events === 'all') return []
  if (!Array.isArray(events) || events.length === 0) return [`events: expected "all" or a list of ${typeNames()}`]
  return events.flatMap((name: unknown, index) => {
    if (!isTypeName(name)) return [`events[${index}]: expected one of ${typeNames()}, got ${quote(name)}`]
    return events.indexOf(name) === index ? [] : [`events[${index}]: ${quote(name)} stands there twice`]
  })
}

function extendProblems(extend: unknown, chosen: readonly AnySesType[]): string[] {
  if (typeof extend !== 'object' || extend === null) return [`extend: expected an object by event type`]
  return Object.keys(extend).flatMap((name) => {
    if (!isTypeName(name)) return [`extend: expected one of ${typeNames()}, got ${quote(name)}`]
    return chosen.some(({ eventType }) => eventType === name)
      ? []
      : [`extend: there is no ${quote(name)} to extend; add it to events`]
  })
}

function rowPerProblems(rowPer: unknown, reingest: unknown): string[] {
  if (rowPer !== 'event' && rowPer !== 'recipient') return [`rowPer: expected "event" or "recipient"`]
  if (rowPer === 'event' || reingest !== undefined) return []
  return ['rowPer: "recipient" makes several rows of an event, which needs a reingest target']
}

function isTypeName(name: unknown): boolean {
  return sesTypes.some(({ eventType }) => eventType === name)
}

function typeNames(): string {
  return sesTypes.map(({ eventType }) => eventType).join(', ')
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}

function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeof value
}
