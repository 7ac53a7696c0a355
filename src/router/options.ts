import type { DeadLetterOptions } from '../dead-letter/dead-letter-options.ts'
import type { DeadLetterTable } from '../dead-letter/dead-letter-table.ts'
import type { DeadLetterPart } from '../dead-letter/writer.ts'
import { MAX_RESPONSE_BYTES } from '../firehose/limits.ts'
import { isDatabaseName } from '../firehose/names.ts'
import { isObject, ofType, oneOf, optional, type Rule, ruleProblems, wholeNumber } from '../options.ts'
import type { OnBatch, OnFailure } from '../report/hooks.ts'
import type { Table } from '../table/table.ts'
import type { Decoder, Yields } from './decoder.ts'
import type { ReingestTarget } from './target.ts'

/** The options of `createIcebergRouter`, besides `decode`. */
export interface RouterOptions {
  /** The Glue database of all tables of this router. */
  readonly database: string
  /**
   * For streams made with `AppendOnly`: no `operation` is sent, and routes may only insert. AWS does not document whether
   * such a stream accepts an explicit `insert`.
   */
  readonly appendOnly?: boolean
  /** The most bytes that a response may have: 6,000,000 by default, 6,291,556 (Lambda's limit) at most. */
  readonly responseBudgetBytes?: number
  /** Sends rows back onto the stream: those that do not fit, and the extra ones of a record. Transforms may then return several rows. */
  readonly reingest?: ReingestTarget
  /**
   * What happens to rows that do not fit into the response. `fail` (the default) fails their records; `reingest` puts them
   * back onto the stream, at most three times.
   */
  readonly overflow?: 'fail' | 'reingest'
  /**
   * Allows updates and deletes although rows may go back onto the stream. Such a row arrives later, so an older row of a
   * key may replace a newer one. By default, such a router is refused.
   */
  readonly unordered?: boolean
  /** What happens to Kafka records without a value, which follow a delete: `fail` (the default) or `drop`. */
  readonly tombstones?: 'fail' | 'drop'
  /** How many asynchronous records run at the same time; 16 by default. */
  readonly concurrency?: number
  /**
   * How many milliseconds before the end of the invocation unfinished records fail: 1,000 by default, and at most half of
   * the invocation's time.
   */
  readonly deadlineMarginMs?: number
  /** Delivers failed records as rows of a table, which `deadLetterTable()` makes. */
  readonly deadLetter?: DeadLetterTable | DeadLetterOptions
  /**
   * Adds to a failure's message what the user's code threw, or the schema found, in its own words. These words may quote the
   * payload, and go to the log and the dead-letter table. By default they are only in `failure.cause`.
   */
  readonly explain?: boolean
  /** Called for failed records, at most 100 in an invocation; the report counts all of them. */
  readonly onFailure?: OnFailure
  /** Called once for each invocation; by default a batch with failures is written as one JSON line to standard output. */
  readonly onBatch?: OnBatch | readonly OnBatch[]
}

/** How a router reads payloads; `Event` is what its routes then match. */
export interface DecodeOption<Event, Count extends Yields = 'one event'> {
  /**
   * What turns the payload of a record into its event: `d.gzip(d.json<Order>())`, with `d` from
   * `firehose-iceberg-router/d`. By default a payload is one JSON object.
   */
  readonly decode?: Decoder<Event, Count>
}

/** All options of a router. */
export interface AnyRouterOptions extends RouterOptions, DecodeOption<unknown, Yields> {}

/** A rule for every option. */
const RULES: { readonly [Name in keyof Required<AnyRouterOptions>]: Rule } = {
  database: [isDatabaseName, '1 to 252 lower-case letters, digits or underscores'],
  appendOnly: optional(ofType('boolean')),
  responseBudgetBytes: optional(wholeNumber(1, MAX_RESPONSE_BYTES)),
  reingest: optional([
    (value) => isObject(value) && isObject(value['~fanout']),
    'what reingestTarget({ put }), createFirehoseTarget() or createKinesisTarget() returns',
  ]),
  overflow: optional(oneOf('fail', 'reingest')),
  unordered: optional(ofType('boolean')),
  tombstones: optional(oneOf('fail', 'drop')),
  concurrency: optional(wholeNumber(1, 10_000)),
  deadlineMarginMs: optional(wholeNumber(0, 300_000)),
  deadLetter: optional([
    (value) => deadLetterPartOf(value)?.accepts(value) === true,
    'deadLetterTable(), or { table: deadLetterTable(), maxPayloadBytes }',
  ]),
  explain: optional(ofType('boolean')),
  onFailure: optional(ofType('function')),
  onBatch: optional([(value) => [value].flat().every((hook) => typeof hook === 'function'), 'a function']),
  decode: optional([
    (value) => isObject(value) && value['kind'] === 'decoder',
    'a decoder, such as d.gzip(d.json()) with d from firehose-iceberg-router/d',
  ]),
}

/** What is wrong with the options of a router. */
export function optionProblems(options: AnyRouterOptions): string[] {
  const problems = ruleProblems(options, RULES)
  if (options?.overflow === 'reingest' && options.reingest === undefined)
    problems.push("overflow: 'reingest' needs a target; give one as reingest")
  // Any object may have come so far.
  problems.push(...((options?.decode as Partial<Decoder<unknown>> | undefined)?.['~decoder']?.problems ?? []))
  return problems
}

/** The part that a dead-letter table brings; undefined if the value is not such a table. */
export function deadLetterPartOf(value: unknown): DeadLetterPart | undefined {
  const { table = value } = isObject(value) ? value : {}
  return isTable(table) ? (table as Partial<DeadLetterTable>)['~deadLetter'] : undefined
}

/** Checks whether a value is a table. */
export function isTable(value: unknown): value is Table {
  return isObject(value) && value['kind'] === 'table'
}
