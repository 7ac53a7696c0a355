import type { BatchReport } from './report.ts'

/** The default report: one JSON line to standard error for a batch with failures, nothing for one without. */
export function printFailures(report: BatchReport): void {
  if (report.failed === 0) return
  const message = `${report.failed} of ${report.records} records failed and go to the error output`
  console.error(JSON.stringify({ level: 'ERROR', message, ...report }))
}
