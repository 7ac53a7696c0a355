import type { OnBatch } from './hooks.ts'
import type { BatchReport } from './report.ts'

/** The options of {@link createJsonReporter}. */
export interface JsonReporterOptions {
  /** Which invocations get a line: `all` (the default) or those with `failures`. */
  readonly when?: 'all' | 'failures'
  /** The largest number of groups of failures in a line; by default 20. */
  readonly maxFailures?: number
  /** Writes a line, which ends with a newline; by default to standard output. */
  readonly write?: (line: string) => unknown
}

/**
 * Makes a reporter that writes one JSON line for each invocation, for CloudWatch Logs Insights, without any payload.
 *
 * Lines go to standard output directly, because Lambda's `console.log` would add a prefix or wrap them in an object.
 */
export function createJsonReporter(options: JsonReporterOptions = {}): OnBatch {
  const { when = 'all', maxFailures = 20, write = writeToStdout } = options
  return (report) => {
    if (when === 'failures' && report.failed === 0) return
    write(`${JSON.stringify(toLine(report, maxFailures))}\n`)
  }
}

function toLine(report: BatchReport, maxFailures: number): object {
  const { failures, ...rest } = report
  const listed = failures.slice(0, maxFailures)
  const level = report.failed > 0 ? 'ERROR' : 'INFO'
  const message = `${report.delivered} of ${report.records} records delivered`
  return { level, message, ...rest, failures: listed, failuresLeftOut: failures.length - listed.length }
}

/** Writes a line to standard output, which Lambda logs unchanged. */
export function writeToStdout(line: string): unknown {
  return process.stdout.write(line)
}
