import { type GeneratedEvent, type GenerateOptions, TABLES } from './event.ts'
import { simulate } from './simulate.ts'

/** Where a line is to end: in a table, or in the error output with the code of a failure. */
export type Expected =
  | `${string}_log`
  | 'InvalidJson'
  | 'InvalidTimestamp'
  | 'MissingColumn'
  | 'MultipleDocuments'
  | 'NoRoute'
  | 'NotAnObject'

/** A line and what a router should make of it. */
export interface GeneratedLine {
  readonly text: string
  readonly expected: Expected
}

/** A line of every so many is broken on purpose. */
export const LINES_PER_BREAK = 500

/** Ways to break a line that really happen, and the code that a router answers with. */
const BREAKS: readonly { readonly code: Expected; readonly apply: (text: string) => string }[] = [
  { code: 'InvalidJson', apply: (text) => text.slice(0, text.length >> 1) },
  { code: 'NotAnObject', apply: (text) => `[${text}]` },
  { code: 'NoRoute', apply: (text) => text.replace(/"eventType":"[^"]+"/, '"eventType":"Forwarded"') },
  { code: 'MissingColumn', apply: (text) => text.replace(/"messageId":"[^"]*",/, '') },
  { code: 'InvalidTimestamp', apply: (text) => text.replace(/("timestamp":")[^"]*/g, '$1yesterday at noon') },
  { code: 'MultipleDocuments', apply: (text) => `${text}${text}` },
]

/**
 * SES events as lines of JSON without their newline: campaigns sent over five days, opened and clicked by some of their
 * readers hours later under the same message id, in the order of time. Of every 500 lines one is broken, each in another
 * of six ways.
 */
export function* generateEvents(options: GenerateOptions): Generator<string> {
  for (const { text } of generateLines(options)) yield text
}

/** How many of these lines are to end where: what a demo compares its tables and its error output with. */
export function countExpected(options: GenerateOptions): Map<Expected, number> {
  const counts = new Map<Expected, number>()
  for (const { expected } of generateLines(options)) counts.set(expected, (counts.get(expected) ?? 0) + 1)
  return counts
}

/** The lines of `generateEvents`, each with where it is to end. */
export function* generateLines(options: GenerateOptions): Generator<GeneratedLine> {
  let index = 0
  for (const event of simulate(options)) {
    if (index === options.count) return
    yield index % LINES_PER_BREAK === LINES_PER_BREAK / 2 ? breakLine(event, index) : intactLine(event)
    index++
  }
}

function intactLine(event: GeneratedEvent): GeneratedLine {
  return { text: JSON.stringify(event), expected: TABLES[event.eventType] }
}

function breakLine(event: GeneratedEvent, index: number): GeneratedLine {
  const { code, apply } = BREAKS[Math.floor(index / LINES_PER_BREAK) % BREAKS.length] as (typeof BREAKS)[number]
  return { text: apply(JSON.stringify(event)), expected: code }
}
