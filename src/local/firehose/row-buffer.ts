import type { RowChange } from '../warehouse/types.ts'
import type { OpenTable } from './catalog.ts'
import type { Tally } from './delivery-summary.ts'

/** A failed write. Nothing is lost: what was to be written stays buffered. */
export interface FailedWrite {
  /** A description of what was to be written. */
  readonly what: string
  readonly cause: unknown
}

/** The rows that wait for a commit. */
export interface RowBuffer {
  add(table: OpenTable, row: BufferedRow): void
  isFull(): boolean
  /** Commits the rows of every table, one commit a table, and returns what failed. */
  commit(): Promise<readonly FailedWrite[]>
}

/** A row that waits for a commit. */
export interface BufferedRow {
  readonly change: RowChange
  readonly sizeBytes: number
  /** Whether it is the row of a failed record, which is committed like any other but does not count as delivered. */
  readonly isDeadLetter: boolean
}

interface TableBuffer {
  readonly changes: RowChange[]
  sizeBytes: number
  deadLetters: number
}

/** Buffers rows, in their order, until they have `limitBytes`. */
export function createRowBuffer(limitBytes: number, tally: Tally): RowBuffer {
  const waiting = new Map<OpenTable, TableBuffer>()

  return {
    add(table, { change, sizeBytes, isDeadLetter }) {
      const rows = waiting.get(table) ?? { changes: [], sizeBytes: 0, deadLetters: 0 }
      rows.changes.push(change)
      rows.sizeBytes += sizeBytes
      if (isDeadLetter) rows.deadLetters++
      waiting.set(table, rows)
    },
    isFull: () => [...waiting.values()].reduce((sum, rows) => sum + rows.sizeBytes, 0) >= limitBytes,
    async commit() {
      const failed: FailedWrite[] = []
      for (const [table, { changes, deadLetters }] of [...waiting]) {
        try {
          await table.rows.commit(changes)
          waiting.delete(table)
          tally.committed(table, changes, deadLetters)
        } catch (cause) {
          // The other tables are still committed; this one is tried again with the next delivery.
          failed.push({ what: `${changes.length} rows of ${table.database}.${table.name}`, cause })
        }
      }
      return failed
    },
  }
}
