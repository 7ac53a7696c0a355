import { headOf, writeLine } from './line.ts'
import type { BatchReport } from './report.ts'

/** The default hook: writes one JSON line to standard output for a batch with failures, and nothing for a batch without. */
export function printFailures(report: BatchReport): void {
  if (report.failed > 0) writeLine({ ...headOf(report, Date.now()), ...report })
}
