import { isIcebergRouterError } from '../error.ts'
import type { Delivered } from './deliver-file.ts'
import { toJsonError } from './print-json.ts'

/** How many records a delivery has sent where. */
export interface RecordCounts {
  /** Records of the file that were accepted. */
  readonly records: number
  readonly reingestedArrivals: number
  readonly delivered: number
  readonly dropped: number
  readonly reingested: number
  /** Records in error objects and in dead-letter tables. */
  readonly failed: number
  /** How many of those are in dead-letter tables. */
  readonly deadLettered: number
  /** Lines that were too large for a record. */
  readonly refused: number
}

/** Counts records; a dead letter counts as failed, not as delivered. */
export function countRecords({ summary, refused }: Delivered): RecordCounts {
  const { recordsIn, reingestedArrivals, dropped, reingested, deadLettered } = summary
  return {
    records: recordsIn - reingestedArrivals,
    reingestedArrivals,
    delivered: sum(summary.delivered),
    dropped,
    reingested,
    failed: sum(summary.failed) + deadLettered,
    deadLettered,
    refused: refused.count,
  }
}

/** Returns the exit status: 1 if something stopped the delivery, if all records failed, or with `strict` for any failure. */
export function statusOf(delivered: Delivered, strict: boolean): number {
  if (delivered.stoppedBy !== undefined) return 1
  if (delivered.interruptedAfter !== undefined) return 130
  const counts = countRecords(delivered)
  const failed = counts.failed + counts.refused
  return failed > 0 && (strict || counts.delivered + counts.dropped === 0) ? 1 : 0
}

/** Makes the result of a delivery for `--json`. */
export function toResult(delivered: Delivered, status: number, folders: { warehouse: string; errors: string }): object {
  const { tables, failures, refused, durationMs, interruptedAfter, stoppedBy } = delivered
  return {
    command: 'run',
    status,
    ...countRecords(delivered),
    durationMs,
    tables: tables.map(({ before, after }) => ({
      database: after.database,
      table: after.table,
      rows: after.rows,
      newRows: after.rows - before.rows,
      files: after.files,
      snapshotId: after.snapshotId ?? null,
    })),
    failures,
    refusedLines: refused.first,
    ...folders,
    ...(interruptedAfter !== undefined && { interruptedAfter }),
    ...(stoppedBy !== undefined && {
      error: isIcebergRouterError(stoppedBy) ? toJsonError(stoppedBy) : String(stoppedBy),
    }),
  }
}

function sum(counts: readonly { readonly records: number }[]): number {
  return counts.reduce((total, { records }) => total + records, 0)
}
