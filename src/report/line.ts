import type { BatchReport } from './report.ts'

/** What every line about an invocation begins with. */
export interface LineHead {
  readonly timestamp: string
  readonly level: 'ERROR' | 'INFO'
  readonly message: string
}

/**
 * Makes the beginning of a line about an invocation. With Lambda's JSON log format, a line has the level INFO, whatever it
 * says, unless it has a `level` and a `timestamp` in RFC 3339: the log level WARN would then drop the lines about failures.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export function headOf({ records, failed, deadLettered, delivered }: BatchReport, epochMs: number): LineHead {
  const inTable = deadLettered > 0 ? `, ${deadLettered} of them into the dead-letter table` : ''
  return {
    timestamp: new Date(epochMs).toISOString(),
    level: failed > 0 ? 'ERROR' : 'INFO',
    message:
      failed > 0 ? `${failed} of ${records} records failed${inTable}` : `${delivered} of ${records} records delivered`,
  }
}

/**
 * Writes one line to standard output, which Lambda logs unchanged. `console` would put a prefix before it, or wrap it in
 * another object, and a metric filter such as `{ $.failed > 0 }` would not find its fields.
 */
export function writeLine(line: object, write: (text: string) => unknown = writeToStdout): void {
  write(`${JSON.stringify(line)}\n`)
}

function writeToStdout(text: string): unknown {
  return process.stdout.write(text)
}
