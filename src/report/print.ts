import type { BatchReport } from './report.ts'

/** The default hook: prints one JSON line to standard error for a batch with failures, and nothing for a batch without. */
export function printFailures(report: BatchReport): void {
  if (report.failed === 0) return
  const message = `${report.failed} of ${report.records} records failed and go to the error output`
  console.error(JSON.stringify({ level: 'ERROR', message, ...report }))
}
