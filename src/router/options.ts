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

/** What `createIcebergRouter` takes, besides `decode`. */
export interface RouterOptions {
  /** The Glue database of all tables of this router. */
  readonly database: string
  /**
   * For streams made with `AppendOnly`: no `operation` is sent, and routes may only insert. Whether such a stream takes
   * an explicit `insert` is not documented.
   */
  readonly appendOnly?: boolean
  /** Bytes that a response may have, at most (and by default a little below) the 6,291,556 that Lambda allows. */
  readonly responseBudgetBytes?: number
  /** Puts back onto the stream what does not fit into an answer; with it, transforms may return several rows. */
  readonly reingest?: ReingestTarget
  /**
   * What becomes of rows that do not fit into the response: `fail`, unless said, or `reingest`, back onto the stream, at
   * most three times.
   */
  readonly overflow?: 'fail' | 'reingest'
  /**
   * Lets routes update and delete although rows go back onto the stream (`reingest`): a row that does reaches its table
   * later, so that an older row of a key may replace a newer one. Such a router is refused by default.
   */
  readonly unordered?: boolean
  /** What happens to Kafka records without a value, which follow a delete: `fail` (the default) or `drop`. */
  readonly tombstones?: 'fail' | 'drop'
  /** Records that may be waited for at the same time, 16 unless said. */
  readonly concurrency?: number
  /**
   * Milliseconds before the end of the invocation at which records that are not done fail, 1,000 unless said; never more
   * than half of the time that the invocation has.
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

/** What makes a dead-letter table, which its table brings; undefined where there is none. */
export function deadLetterPartOf(value: unknown): DeadLetterPart | undefined {
  const { table = value } = isObject(value) ? value : {}
  return isTable(table) ? (table as Partial<DeadLetterTable>)['~deadLetter'] : undefined
}

/** Tells a table from anything else. */
export function isTable(value: unknown): value is Table {
  return isObject(value) && value['kind'] === 'table'
}
