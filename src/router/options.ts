import { MAX_RESPONSE_BYTES } from '../firehose/limits.ts'
import { isDatabaseName } from '../firehose/names.ts'
import type { QuarantineOptions } from '../quarantine/quarantine.ts'
import { isQuarantineTable } from '../quarantine/table.ts'
import type { OnBatch, OnFailure } from '../report/hooks.ts'
import type { Table } from '../table/table.ts'
import type { ReingestTarget } from './target.ts'

/** What `createIcebergRouter` takes. */
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
  /** Records that may be waited for at the same time, 16 unless said. */
  readonly concurrency?: number
  /**
   * Milliseconds before the end of the invocation at which records that are not done fail, 1,000 unless said; never more
   * than half of the time that the invocation has.
   */
  readonly deadlineMarginMs?: number
  /** Delivers failed records as rows of a table: `true` for one named `quarantine`, or what `quarantineTable()` returns. */
  readonly quarantine?: true | Table | QuarantineOptions
  /** Called for failed records, at most 100 in an invocation; the report counts all of them. */
  readonly onFailure?: OnFailure
  /** Called once for each invocation; by default failures are printed as one JSON line to standard error. */
  readonly onBatch?: OnBatch | readonly OnBatch[]
}

/** Whether a value is one that an option takes, and how to say so. */
interface Rule {
  readonly accepts: (value: unknown) => boolean
  readonly expected: string
}

const REQUIRED: Rule = { accepts: isDatabaseName, expected: '1 to 252 lower-case letters, digits or underscores' }

/** One line an option; an option that is not here is refused by name. */
const RULES: { readonly [Name in keyof Required<RouterOptions>]: Rule } = {
  database: REQUIRED,
  appendOnly: { accepts: (value) => typeof value === 'boolean', expected: 'a boolean' },
  responseBudgetBytes: wholeNumber(1, MAX_RESPONSE_BYTES),
  reingest: { accepts: isReingestTarget, expected: 'a target, such as createFirehoseTarget() returns' },
  overflow: { accepts: (value) => value === 'fail' || value === 'reingest', expected: '"fail" or "reingest"' },
  concurrency: wholeNumber(1, 10_000),
  deadlineMarginMs: wholeNumber(0, 300_000),
  quarantine: {
    accepts: isQuarantine,
    expected: 'true, quarantineTable(), or an object with table and maxPayloadBytes',
  },
  onFailure: { accepts: isFunction, expected: 'a function' },
  onBatch: {
    accepts: (value) => isFunction(value) || (Array.isArray(value) && value.every(isFunction)),
    expected: 'a function',
  },
}

/** What is wrong with the options of a router. */
export function optionProblems(options: RouterOptions): string[] {
  if (typeof options !== 'object' || options === null) return ['expected options with a database']
  const problems = unknownKeys(options, Object.keys(RULES))
  for (const [name, { accepts, expected }] of Object.entries(RULES)) {
    const value: unknown = options[name as keyof RouterOptions]
    if (name !== 'database' && value === undefined) continue
    if (!accepts(value))
      problems.push(`${name}: expected ${expected}, got ${name === 'database' ? quote(value) : typeof value}`)
  }
  if (options.overflow === 'reingest' && options.reingest === undefined) {
    problems.push("overflow: 'reingest' needs a target; give one as reingest")
  }
  return problems
}

function wholeNumber(min: number, max: number): Rule {
  const accepts = (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
  return { accepts, expected: `a whole number from ${min} to ${max}` }
}

function isReingestTarget(value: unknown): value is ReingestTarget {
  if (typeof value !== 'object' || value === null) return false
  const { kind, put, signer } = value as { readonly [key: string]: unknown }
  if (kind !== 'reingest' || !isFunction(put)) return false
  if (signer === undefined) return true
  if (typeof signer !== 'object' || signer === null) return false
  const { sign, verify } = signer as { readonly [key: string]: unknown }
  return isFunction(sign) && isFunction(verify)
}

function isQuarantine(value: unknown): boolean {
  if (value === true) return true
  if (isTable(value)) return isQuarantineTable(value)
  if (typeof value !== 'object' || value === null) return false
  const { table, maxPayloadBytes = 1, ...unknown } = value as { readonly [key: string]: unknown }
  if (Object.keys(unknown).length > 0 || !wholeNumber(0, 1_000_000).accepts(maxPayloadBytes)) return false
  return isTable(table) && isQuarantineTable(table)
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

/** Tells a table from anything else. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'table'
}

/** Names the keys of an object that mean nothing. */
export function unknownKeys(value: object, known: readonly string[]): string[] {
  const unknown = Object.keys(value).filter((key) => !known.includes(key))
  return unknown.map((key) => `unknown option "${key}"; there are ${known.join(', ')}`)
}

/** A text in quotes, the type of anything else. */
export function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeof value
}
