import type { RowChange } from '../warehouse/types.ts'
import type { OpenTable } from './catalog.ts'
import type { Tally } from './delivery-summary.ts'

/** A write that did not succeed. Nothing of it is lost: what was to be written stays where it was. */
export interface FailedWrite {
  /** What was to be written, in words. */
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
  /** The row of a record that failed: it is no delivery, although it is committed like one. */
  readonly isDeadLetter: boolean
}

interface TableBuffer {
  readonly changes: RowChange[]
  sizeBytes: number
  deadLetters: number
}

/** Holds rows until there are `limitBytes` of them, in the order in which they came. */
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
          // The other tables are committed all the same; this one is tried again with the next delivery.
          failed.push({ what: `${changes.length} rows of ${table.database}.${table.name}`, cause })
        }
      }
      return failed
    },
  }
}
