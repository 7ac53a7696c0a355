import type { OnBatch } from './hooks.ts'
import type { BatchReport } from './report.ts'

/** Settings of {@link createJsonReporter}. */
export interface JsonReporterOptions {
  /** Which invocations get a line: `all`, unless said, or those with `failures`. */
  readonly when?: 'all' | 'failures'
  /** Groups of failures in a line, 20 unless said. */
  readonly maxFailures?: number
  /** Takes a line that ends with a newline; by default standard output. */
  readonly write?: (line: string) => unknown
}

/**
 * Makes a report of one JSON line an invocation, for CloudWatch Logs Insights. No payload is in it.
 *
 * Lines go to standard output itself, because Lambda's `console.log` would put a prefix or an object around them.
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
  const told = failures.slice(0, maxFailures)
  const level = report.failed > 0 ? 'ERROR' : 'INFO'
  const message = `${report.delivered} of ${report.records} records delivered`
  return { level, message, ...rest, failures: told, failuresLeftOut: failures.length - told.length }
}

/** Writes a line where Lambda reads it unchanged. */
export function writeToStdout(line: string): unknown {
  return process.stdout.write(line)
}
