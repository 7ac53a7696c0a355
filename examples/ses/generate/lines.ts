import { type GeneratedEvent, type GenerateOptions, TABLES } from './event.ts'
import { simulate } from './simulate.ts'

/** The outcome of a line: its table, or the code of its failure. */
export type Expected =
  | `${string}_log`
  | 'InvalidJson'
  | 'InvalidTimestamp'
  | 'MissingColumn'
  | 'MultipleDocuments'
  | 'NoRoute'
  | 'NotAnObject'

/** A line and its expected outcome. */
export interface GeneratedLine {
  readonly text: string
  readonly expected: Expected
}

/** One of this many lines is broken on purpose. */
export const LINES_PER_BREAK = 500

/** Realistic ways to break a line, and the failure code of each. */
const BREAKS: readonly { readonly code: Expected; readonly apply: (text: string) => string }[] = [
  { code: 'InvalidJson', apply: (text) => text.slice(0, text.length >> 1) },
  { code: 'NotAnObject', apply: (text) => `[${text}]` },
  { code: 'NoRoute', apply: (text) => text.replace(/"eventType":"[^"]+"/, '"eventType":"Forwarded"') },
  { code: 'MissingColumn', apply: (text) => text.replace(/"messageId":"[^"]*",/, '') },
  { code: 'InvalidTimestamp', apply: (text) => text.replace(/("timestamp":")[^"]*/g, '$1yesterday at noon') },
  { code: 'MultipleDocuments', apply: (text) => `${text}${text}` },
]

/**
 * SES events as lines of JSON without a newline, in order of time: campaigns sent over five days; some readers open and click
 * a message hours later, with the same message id. One of 500 lines is broken, in one of six ways.
 */
export function* generateEvents(options: GenerateOptions): Generator<string> {
  for (const { text } of generateLines(options)) yield text
}

/** The number of lines for each expected outcome: a demo compares its tables and its error output with it. */
export function countExpected(options: GenerateOptions): Map<Expected, number> {
  const counts = new Map<Expected, number>()
  for (const { expected } of generateLines(options)) counts.set(expected, (counts.get(expected) ?? 0) + 1)
  return counts
}

/** The lines of `generateEvents`, each with its expected outcome. */
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
