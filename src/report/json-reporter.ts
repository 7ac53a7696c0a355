import { IcebergRouterError } from '../error.ts'
import { ofType, oneOf, optional, type Rule, ruleProblems, wholeNumber } from '../options.ts'
import type { OnBatch } from './hooks.ts'
import { headOf, writeLine } from './line.ts'
import type { BatchReport } from './report.ts'

/** The options of {@link createJsonReporter}. */
export interface JsonReporterOptions {
  /** Which invocations get a line: `all` (the default) or those with `failures`. */
  readonly when?: 'all' | 'failures'
  /** The largest number of groups of failures in a line; by default 20. */
  readonly maxFailures?: number
  /** Writes a line, which ends with a newline; by default to standard output. */
  readonly write?: (line: string) => unknown
  /** Epoch milliseconds; by default the machine's clock. */
  readonly now?: () => number
}

/**
 * Makes a reporter that writes one JSON line for each invocation, for CloudWatch Logs Insights, without any payload. It
 * begins with `timestamp` (RFC 3339), `level` (`ERROR` if a record failed, otherwise `INFO`) and `message`.
 *
 * @throws IcebergRouterError `InvalidOptions`
 */
export function createJsonReporter(options: JsonReporterOptions = {}): OnBatch {
  const problems = ruleProblems(options, RULES)
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', 'createJsonReporter:', { problems })
  const { when = 'all', maxFailures = 20, write, now = Date.now } = options
  return (report) => {
    if (when === 'failures' && report.failed === 0) return
    writeLine(toLine(report, { maxFailures, epochMs: now() }), write)
  }
}

const RULES: { readonly [Name in keyof Required<JsonReporterOptions>]: Rule } = {
  when: optional(oneOf('all', 'failures')),
  maxFailures: optional(wholeNumber(0, 1000)),
  write: optional(ofType('function')),
  now: optional(ofType('function')),
}

function toLine(report: BatchReport, { maxFailures, epochMs }: { maxFailures: number; epochMs: number }): object {
  const { failures, ...rest } = report
  const listed = failures.slice(0, maxFailures)
  return { ...headOf(report, epochMs), ...rest, failures: listed, failuresLeftOut: failures.length - listed.length }
}
