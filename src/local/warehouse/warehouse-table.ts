import { join } from 'node:path'
import { createRowCheck } from './check-row.ts'
import { checkTable } from './check-table.ts'
import { commitChanges } from './commit.ts'
import type { Disk } from './disk.ts'
import { unavailable } from './failure.ts'
import { PENDING } from './pending.ts'
import { readCounter } from './summary.ts'
import type { TableLayout } from './table-layout.ts'
import { createMetadata, currentSnapshot } from './table-metadata.ts'
import type { CommitSummary, TableState, WarehouseTable } from './types.ts'
import { createVersion, loadLatest, mendHint, newVersion, type TableVersion } from './versions.ts'

/** Opens the table of a layout, and creates it if it does not exist. */
export async function openTable(disk: Disk, layout: TableLayout): Promise<WarehouseTable> {
  let current = await loadOrCreate(disk, layout)
  checkTable(layout, current)
  await mendHint(disk, layout.folder, current.number)
  let last: Promise<unknown> = Promise.resolve()

  return {
    declaration: layout.declaration,
    check: createRowCheck(layout),
    commit(changes) {
      const turn = last.then(async (): Promise<CommitSummary> => {
        if (changes.length === 0) return unchanged(current)
        const { version, summary } = await commitChanges(disk, layout, { known: current, changes })
        current = version
        return summary
      })
      // The next commit waits for this one, also if it fails.
      last = turn.catch(() => undefined)
      return turn
    },
    state: () => stateOf(layout, current),
  }
}

async function loadOrCreate(disk: Disk, layout: TableLayout): Promise<TableVersion> {
  const { folder } = layout
  for (const name of ['data', 'metadata', PENDING]) await disk.makeFolder(join(folder, name))
  const found = await loadLatest(disk, folder)
  if (found !== undefined) return found
  const first = newVersion(1, createMetadata(layout))
  if (await createVersion(disk, folder, { version: first })) return first
  // Another writer has made the table in between.
  const theirs = await loadLatest(disk, folder)
  if (theirs === undefined) throw unavailable(folder, 'open', undefined)
  return theirs
}

/** Without changes there is no new snapshot; -1 is Iceberg's id for no snapshot. */
function unchanged({ number, metadata }: TableVersion): CommitSummary {
  return { snapshotId: metadata['current-snapshot-id'] ?? -1, version: number, addedRows: 0, addedFiles: 0 }
}

function stateOf({ database, declaration, folder }: TableLayout, { number, metadata }: TableVersion): TableState {
  const snapshot = currentSnapshot(metadata)
  const files = ['total-data-files', 'total-delete-files'].map((counter) => readCounter(snapshot?.summary, counter))
  return {
    database,
    table: declaration.name,
    folder,
    snapshotId: snapshot?.['snapshot-id'],
    version: number,
    rows: readCounter(snapshot?.summary, 'total-records'),
    files: files.reduce((sum, count) => sum + count, 0),
  }
}
